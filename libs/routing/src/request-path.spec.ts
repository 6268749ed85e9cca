import { describe, expect, it } from 'vitest';
import { requestPath } from './request-path.js';

describe('requestPath', () => {
  it.each([
    ['/a/b', '/a/b'],
    ['/a/%7Eb%2d', '/a/~b-'],
    ['/a%2fb', '/a%2Fb'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/%25', '/%25'],
    ['/.well-known/x', '/.well-known/x'],
    ['/a/...', '/a/...'],
    ['/a(b)$', '/a(b)$'],
  ])('writes %s as %s', (path, expected) => {
    expect(requestPath(path)).toBe(expected);
  });

  it.each(['/a/../b', '/a/..', '/./a', '/a/.', '/%2e%2e/a', '/a/%2E./b', '/a\\b', '/a%5cb', '/a%00b', '/a%0d%0ab', '/a%7f', '/a%', '/a%2', '/a%zz', '/a b', '/caf\u00e9'])('refuses %s', (path) => {
    expect(() => requestPath(path)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }));
  });
});
