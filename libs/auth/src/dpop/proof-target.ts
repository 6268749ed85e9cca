// RFC 3986 2.3.
const unreserved = /^[\w.~-]$/;
const percentEncoded = /%[0-9a-f]{2}/gi;

/**
 * Whether `htu` of a proof names `path` at `origin` (RFC 9449 4.3 (9)): query and fragment do not count, and spellings that mean the same are the same (RFC 3986 6.2.2 and 6.2.3).
 * @param origin the gateway's own; where it begins with `//` either scheme will do
 * @param path as received, without query
 */
export function isProofTarget(htu: string, origin: string, path: string): boolean {
  const expected = `${origin.startsWith('//') ? schemeOf(htu) : ''}${origin}${path}`;
  if (htu === expected) return true;
  const named = normalized(htu);
  return named !== undefined && named === normalized(expected);
}

function schemeOf(htu: string): string {
  return /^http:/i.test(htu) ? 'http:' : 'https:';
}

function normalized(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname, username, password } = new URL(text);
  if (username !== '' || password !== '') return undefined;
  return origin + pathname.replace(percentEncoded, spelled);
}

function spelled(triplet: string): string {
  const character = String.fromCharCode(parseInt(triplet.slice(1), 16));
  return unreserved.test(character) ? character : triplet.toUpperCase();
}
