/** `defaultMs` and `price-ticks` as `DEFAULT_MS` and `PRICE_TICKS`. */
export function upperSnake(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9<>]+/g, '_')
    .toUpperCase();
}

/** The variable of a setting without an explicit one: prefix and path, in upper snake case. */
export function environmentName(prefix: string, path: readonly string[]): string {
  return [prefix, ...path.map(upperSnake)].join('_');
}
