/** A default of its own for each instance: lists and maps are copied, so that freezing the copy leaves the original alone. */
export function copyValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyValue);
  if (!isRecord(value)) return value;
  return Object.assign(emptyRecord(), Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyValue(item)])));
}

/** A map without a prototype: `record['constructor']` is undefined unless it was put there. */
export function emptyRecord(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>;
}

/** Whether `value` is a map of values and not the instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
