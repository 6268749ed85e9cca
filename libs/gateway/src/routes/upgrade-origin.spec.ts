import { describe, expect, it } from 'vitest';
import { isSameHost, originFault } from './upgrade-origin.js';

describe('isSameHost', () => {
  it.each([
    ['https://shop.example', 'shop.example', true],
    ['https://shop.example', 'shop.example:443', true],
    ['https://shop.example:8443', 'SHOP.example:8443', true],
    ['http://[::1]:3000', '[::1]:3000', true],
    ['https://shop.example', 'shop.example:80', false],
    ['https://shop.example.evil.example', 'shop.example', false],
    ['app://shop.example', 'shop.example', false],
    ['https://', '', false],
    ['null', 'null', false],
    ['', '', false],
  ])('says of %j and the host %j: %s', (origin, host, same) => {
    expect(isSameHost(origin, host)).toBe(same);
  });
});

describe('originFault', () => {
  it.each(['*', 'null', 'https://shop.example', 'http://localhost:3000', 'app://shop'])('takes %j', (text) => {
    expect(originFault(text)).toBeUndefined();
  });

  it.each(['', 'shop.example', 'https://Shop.example', 'https://shop.example/', 'https://shop.example:443', 'https://*.example/x', 'https://a b'])('refuses %j', (text) => {
    expect(originFault(text)).toContain(JSON.stringify(text));
  });
});
