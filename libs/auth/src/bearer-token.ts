const scheme = 'bearer';

/**
 * The token of an `Authorization` field (RFC 6750 2.1), scheme in any case. Undefined when the field carries another scheme.
 * An empty text stands for a field that names the scheme but no single token; no verifier accepts that.
 */
export function bearerToken(field: string | string[]): string | undefined {
  if (typeof field !== 'string') return '';
  if (field.startsWith('Bearer ')) return withoutLeadingSpace(field);
  const end = field.indexOf(' ');
  const named = end < 0 ? field : field.slice(0, end);
  if (named.toLowerCase() !== scheme) return undefined;
  return end < 0 ? '' : withoutLeadingSpace(field);
}

function withoutLeadingSpace(field: string): string {
  let start = scheme.length + 1;
  while (field.charCodeAt(start) === 0x20) start++;
  return field.slice(start);
}
