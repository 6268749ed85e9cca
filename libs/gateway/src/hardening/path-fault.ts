import { PorticoError } from '@portico/core';

const [dot, slash, percent, question, tilde] = [0x2e, 0x2f, 0x25, 0x3f, 0x7e];

/** Characters that must not stand in a path, neither as they are nor escaped, besides control characters. */
const refused: ReadonlyMap<number, string> = new Map([
  [0x20, 'a space'],
  [percent, 'a percent sign'],
  [slash, 'an escaped slash'],
  [0x3b, 'a semicolon'],
  [0x5c, 'a backslash'],
]);

/**
 * Why the path of a request target is none that a coded operation has: two servers could read it differently, and what one of them decided about it would hold
 * for another path. Undefined for nearly every one. Configured routes take more (`requestPath`): they send escaped slashes on as data.
 * @returns PorticoError REQUEST_MALFORMED for empty and dot segments, also escaped ones; spaces, semicolons, backslashes, control characters;
 * escaped slashes and percent signs; what is not ASCII; escapes that are none
 */
export function pathFault(url: string): PorticoError | undefined {
  const what = strangeness(url);
  return what === undefined ? undefined : new PorticoError('REQUEST_MALFORMED', { detail: `The path has ${what}.` });
}

function strangeness(url: string): string | undefined {
  let [length, dots] = [0, 0];
  for (let index = 1; ; index++) {
    let code = index < url.length ? url.charCodeAt(index) : question;
    if (code === slash || code === question) {
      if (dots === length && (dots === 1 || dots === 2)) return 'a dot segment';
      if (code === question) return undefined;
      if (length === 0) return 'an empty segment';
      length = dots = 0;
      continue;
    }
    length++;
    if (code === percent) {
      code = hexDigit(url.charCodeAt(index + 1)) * 16 + hexDigit(url.charCodeAt(index + 2));
      if (!(code >= 0)) return 'a percent sign that begins no escape';
      if (code < 0x20 || code === 0x7f) return 'a control character';
      if (refused.has(code)) return refused.get(code);
      index += 2;
    } else if (code <= 0x20 || code > tilde) return 'a character that must be escaped';
    else if (code === 0x3b || code === 0x5c) return refused.get(code);
    if (code === dot) dots++;
  }
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : NaN;
}
