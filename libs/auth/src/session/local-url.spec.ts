import { describe, expect, it } from 'vitest';
import { isLocalUrl } from './local-url.js';

const hostile = [
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/%09/evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/..//evil.example',
  '/%2e%2e//evil.example',
  'http:evil.example',
  'https:/evil.example',
  '//evil.example@app.shop.example',
  '/\u2028/evil.example',
  '/a\r\nSet-Cookie: x=1',
  ' /app',
  'app',
  '',
  '///evil.example',
  '/%2fevil.example',
  '/%252fevil.example',
  '/%25252fevil.example',
  '/%255cevil.example',
  '/%2e/%2fevil.example',
  '/a/%2e%2e/%2fevil.example',
  '/%0d%0aSet-Cookie:x=1',
  '/%00',
  '/%',
  '/%zz',
  '/%c0%af',
  '/ä',
  `/${'a'.repeat(10_240)}`,
];

const harmless = ['/', '/app', '/orders?x=1&y=a%2Fb#frag', '/gr%C3%BC%C3%9Fe', '/a%20b', '/a/../b', '/a//b', '/x?next=//evil.example', '/x#//evil.example', '/x?y=%zz', `/${'a'.repeat(2_047)}`];

describe('isLocalUrl', () => {
  it.each(hostile)('refuses %j', (text) => {
    expect(isLocalUrl(text)).toBe(false);
  });

  it.each(harmless)('accepts %j', (text) => {
    expect(isLocalUrl(text)).toBe(true);
  });
});
