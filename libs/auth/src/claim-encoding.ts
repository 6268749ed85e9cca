import type { ClaimText } from './claim-text.js';

// Printable ASCII without the percent sign, and no space at either end.
const plain = /^(?! )[\x20-\x24\x26-\x7e]*(?<! )$/;

/**
 * A claim as the value of a header field: safe whatever the token says, and read back by percent-decoding. What is no printable ASCII is percent-encoded as UTF-8, so are
 * `%` and a space at either end; the items of a list are joined by commas, and a comma inside one is encoded.
 */
export function headerValue(claim: ClaimText): string {
  return typeof claim === 'string' ? encoded(claim, false) : claim.map((item) => encoded(item, true)).join(',');
}

/** A claim as the value of a query parameter, percent-encoded (RFC 3986). */
export function queryValue(text: string): string {
  // A token may hold half a surrogate pair, which encodeURIComponent throws on.
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

function encoded(text: string, inList: boolean): string {
  if (plain.test(text) && !(inList && text.includes(','))) return text;
  const bytes = Buffer.from(text, 'utf8');
  let value = '';
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    const atEnd = index === 0 || index === bytes.length - 1;
    const kept = byte >= 0x20 && byte <= 0x7e && byte !== 0x25 && !(byte === 0x20 && atEnd) && !(byte === 0x2c && inList);
    value += kept ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return value;
}
