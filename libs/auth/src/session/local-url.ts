const longest = 2_048;
const visibleAscii = /^[\x21-\x7e]+$/;
const decodings = 3;
// Any origin will do: what matters is whether the text can leave it.
const somewhere = 'https://portico.invalid';

/**
 * Whether `text` is an address on this very site, as a redirect may name it (RFC 9700 4.11): at most 2,048 visible ASCII characters, no backslash, exactly one
 * leading slash, and neither it nor its path decoded up to three times leads, or could be taken to lead, to another origin.
 * It holds for the text as given: redirect to that, never to one put together again from its parts.
 */
export function isLocalUrl(text: string): boolean {
  if (text.length > longest || !visibleAscii.test(text)) return false;
  if (!staysHere(text)) return false;
  let decoded = text.replace(/[?#].*$/, '');
  for (let round = 0; round < decodings; round++) {
    const before = decoded;
    try {
      decoded = decodeURIComponent(before);
    } catch {
      return false;
    }
    if (decoded === before) return true;
    if (!staysHere(decoded)) return false;
  }
  return true;
}

function staysHere(text: string): boolean {
  // Browsers drop tabs and line breaks wherever they stand, and take a backslash for a slash.
  if (!text.startsWith('/') || text.startsWith('//') || text.includes('\\') || hasControl(text)) return false;
  try {
    const { origin, pathname } = new URL(text, somewhere);
    return origin === somewhere && !pathname.startsWith('//');
  } catch {
    return false;
  }
}

function hasControl(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029) return true;
  }
  return false;
}
