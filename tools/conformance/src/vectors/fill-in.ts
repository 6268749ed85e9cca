/** What the names in a case stand for while it runs. */
export interface Places {
  /** Port of `backend:a`, `registry:consul`, …; undefined when there is no such stub. */
  portOf(stub: string): number | undefined;
  /** The token of a name; undefined when there is none. */
  token(name: string): string | undefined;
}

/**
 * The value with ports in place of stubs' names, and addresses and tokens in place of `${backend:a}` and `${token:t}`, at any depth.
 * @throws Error that names what does not exist
 */
export function fillIn<T>(value: T, places: Places): T {
  if (typeof value === 'string') return filledText(value, places) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => fillIn(item, places)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item as unknown, places)])) as T;
}

function filledText(text: string, places: Places): string | number {
  if (/^(?:backend|registry):[\w-]+$/.test(text)) return known(places.portOf(text), text);
  return text.replace(/\$\{((?:backend|registry|token):[^}]+)\}/g, (_, name: string) =>
    name.startsWith('token:') ? known(places.token(name.slice('token:'.length)), name) : `localhost:${known(places.portOf(name), name)}`,
  );
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`The case has no ${name}`);
  return value;
}
