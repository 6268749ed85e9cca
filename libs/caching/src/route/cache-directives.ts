/** Directives of a `Cache-Control` field, names in lower case; one without a value has ''. */
export type CacheDirectives = ReadonlyMap<string, string>;

const directive = /([!#$%&'*+.^_`|~\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?/g;
// RFC 9111 1.2.2: what is larger may be taken for it.
const mostSeconds = 2 ** 31;
const none: CacheDirectives = new Map();

/** Reads a `Cache-Control` field: any case, tokens and quoted strings. Of a repeated directive the first one counts (RFC 9111 4.2.1). */
export function readCacheDirectives(field: string | undefined): CacheDirectives {
  if (field === undefined) return none;
  const directives = new Map<string, string>();
  for (const [, name = '', quoted, token] of field.matchAll(directive)) {
    const lower = name.toLowerCase();
    if (!directives.has(lower)) directives.set(lower, quoted ?? token ?? '');
  }
  return directives;
}

/** The whole seconds of a directive; undefined when it is absent, 0 when it holds no such number: what cannot be read is stale. */
export function secondsOf(directives: CacheDirectives, name: string): number | undefined {
  const text = directives.get(name);
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Math.min(Number(text), mostSeconds) : 0;
}
