/** A query in which `parameters` stand after all others; what the client sent under their names is gone, in whatever case and encoding. */
export function withParameters(query: string, parameters: ReadonlyMap<string, string>): string {
  if (parameters.size === 0) return query;
  const names = new Set([...parameters.keys()].map((name) => name.toLowerCase()));
  const kept = query === '' ? [] : query.split('&').filter((pair) => !names.has(nameOf(pair).toLowerCase()));
  return [...kept, ...Array.from(parameters, ([name, value]) => `${encodeURIComponent(name)}=${value}`)].join('&');
}

function nameOf(pair: string): string {
  const end = pair.indexOf('=');
  const name = (end < 0 ? pair : pair.slice(0, end)).replaceAll('+', ' ');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
