/**
 * The token of an `Authorization` field (RFC 9110 11.4) that names `scheme`, which is given in lower case and compared in any. Undefined when the field carries another scheme.
 * An empty text stands for a field that names the scheme but no single token; no verifier accepts that.
 */
export function schemeToken(field: string | string[], scheme: string): string | undefined {
  if (typeof field !== 'string') return '';
  const end = field.indexOf(' ');
  const named = end < 0 ? field : field.slice(0, end);
  if (named.length !== scheme.length || named.toLowerCase() !== scheme) return undefined;
  return end < 0 ? '' : tokenBehind(field, end);
}

/** What stands in `field` behind its spaces from `start` on. */
export function tokenBehind(field: string, start: number): string {
  let begin = start;
  while (field.charCodeAt(begin) === 0x20) begin++;
  return field.slice(begin);
}
