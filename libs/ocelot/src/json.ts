/** A plain object of the imported file. */
export type JsonObject = Record<string, unknown>;

/** The object without what is undefined, so that the file says only what it has to say. */
export function compact(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
