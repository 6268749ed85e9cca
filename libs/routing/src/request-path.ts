import { PorticoError } from '@portico/core';

const risky = /[%\\]|\/\.|[^\x21-\x7e]/;
const escape = /%([0-9A-Fa-f]{2})?/g;
const unreserved = /[\w.~-]/;
const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;

/**
 * A request's path as routes see it: escapes of unreserved characters undone and others in upper case (RFC 3986 6.2.2), encoded slashes left as data.
 * @throws PorticoError REQUEST_MALFORMED for what two servers might read differently: dot segments, also encoded ones, backslashes,
 * control characters, escapes that are none
 */
export function requestPath(path: string): string {
  // Nearly every path is plain.
  if (!risky.test(path)) return path;
  const normal = path.replace(escape, (whole, hex: string | undefined) => {
    if (hex === undefined) throw malformed('a percent sign that begins no escape');
    const code = parseInt(hex, 16);
    if (code < 0x20 || code === 0x7f) throw malformed('a control character');
    if (code === 0x5c) throw malformed('a backslash');
    const character = String.fromCharCode(code);
    return code < 0x80 && unreserved.test(character) ? character : whole.toUpperCase();
  });
  if (/[^\x21-\x7e]|\\/.test(normal)) throw malformed('a character that must be escaped');
  if (dotSegment.test(normal)) throw malformed('a dot segment');
  return normal;
}

function malformed(what: string): PorticoError {
  return new PorticoError('REQUEST_MALFORMED', { detail: `The path has ${what}.` });
}
