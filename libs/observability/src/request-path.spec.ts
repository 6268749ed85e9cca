import { describe, expect, it } from 'vitest';
import { requestPath } from './request-path.js';

describe('requestPath', () => {
  it.each([
    ['/api/products/17', '/api/products/17'],
    ['/api?token=secret', '/api'],
    ['/api#fragment?x', '/api'],
    ['/', '/'],
    ['?x', ''],
    ['*', '*'],
    ['http://user:secret@host.example/api/x?y', '/api/x'],
    ['http://user:secret@host.example', '/'],
  ])('of %s is %s', (url, path) => {
    expect(requestPath(url)).toBe(path);
  });

  it('is cut at 1,024 characters', () => {
    expect(requestPath(`/${'x'.repeat(5_000)}`)).toHaveLength(1_024);
  });
});
