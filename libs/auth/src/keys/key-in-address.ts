import { apiKeyPrefix } from './api-key-format.js';

/**
 * Makes the test whether a request target has a key in it: a parameter called as the header field or as keys usually are (`api_key`, `x-api-key`, `apikey`), in any case
 * and percent-encoding, or a text that begins as a key does. It reads an address once.
 * @param header name of the field that keys belong in
 */
export function keyInAddress(header: string): (url: string) => boolean {
  const hyphen = `(?:${spelt('-')}|${spelt('_')})?`;
  const usual = `(?:${spelt('x')})?${hyphen}${spelt('api')}${hyphen}${spelt('key')}`;
  // An index in brackets may follow the name.
  const named = new RegExp(`[?&](?:${usual}|${spelt(header)})(?=[=&[]|%5b|$)`, 'i');
  return (url) => url.includes(apiKeyPrefix) || (url.includes('?') && named.test(url));
}

/** A pattern for a text, each of its characters as it is or percent-encoded; letters in any case. */
function spelt(text: string): string {
  return Array.from(text, (character) => {
    const plain = /[A-Za-z0-9]/.test(character) ? character : `\\${character}`;
    const codes = [character.toLowerCase(), character.toUpperCase()].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
    return `(?:${[plain, ...new Set(codes)].join('|')})`;
  }).join('');
}
