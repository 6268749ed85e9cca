import { HeaderList } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { rewriteServiceAddresses } from './service-addresses.js';

function rewritten(name: string, values: readonly string[], from = 'http://catalog.internal:4001', to = 'https://shop.example/api') {
  const headers = new HeaderList([...values.map((value) => [name, value] as const), ['x-other', from]]);
  rewriteServiceAddresses(headers, { from, to });
  expect(headers.get('x-other')).toBe(from);
  return headers.all(name);
}

describe('rewriteServiceAddresses', () => {
  it.each([
    ['http://catalog.internal:4001/pay?a=b#c', 'https://shop.example/api/pay?a=b#c'],
    ['http://catalog.internal:4001', 'https://shop.example/api'],
    ['HTTP://Catalog.Internal:4001/Pay', 'https://shop.example/api/Pay'],
    ['//catalog.internal:4001/pay', 'https://shop.example/api/pay'],
    ['http://catalog.internal:4001\\a', 'https://shop.example/api\\a'],
    ['http://catalog.internal:4001?a', 'https://shop.example/api?a'],
  ])('writes the address of the gateway in place of %s', (value, expected) => {
    expect(rewritten('location', [value])).toEqual([expected]);
    expect(rewritten('content-location', [value])).toEqual([expected]);
  });

  it.each([
    '/pay',
    'pay?next=http://catalog.internal:4001/',
    'http://catalog.internal:40011/',
    'http://catalog.internal:4001.evil.example/',
    'http://catalog.internal:4001@evil.example/',
    'http://evil.example/http://catalog.internal:4001/',
    'https://catalog.internal:4001/',
    'http://catalog.internal/',
    '',
  ])('leaves %j alone', (value) => {
    expect(rewritten('location', [value])).toEqual([value]);
  });

  it.each([
    ['http://a.internal', 'http://a.internal:80/x'],
    ['http://a.internal:80', 'http://a.internal/x'],
    ['https://a.internal', 'https://a.internal:443/x'],
  ])('knows the port that goes without saying in %s', (from, value) => {
    expect(rewritten('location', [value], from)).toEqual(['https://shop.example/api/x']);
  });

  it('rewrites the targets of links, and nothing else of them', () => {
    const link = '<http://catalog.internal:4001/2>; rel="next"; title="<http://catalog.internal:4001/>, \\"x", <http://other/>; rel=a,<http://catalog.internal:4001/3>';
    expect(rewritten('link', [link, '<broken'])).toEqual([
      '<https://shop.example/api/2>; rel="next"; title="<http://catalog.internal:4001/>, \\"x", <http://other/>; rel=a,<https://shop.example/api/3>',
      '<broken',
    ]);
  });

  it.each([
    ['a=1; Domain=catalog.internal; Path=/', 'https://shop.example', 'a=1; Domain=shop.example; Path=/'],
    ['a=1; domain=.Catalog.Internal', 'https://shop.example', 'a=1; Domain=shop.example'],
    ['a=1; Domain=catalog.internal; Secure', 'http://localhost:8080', 'a=1; Secure'],
    ['a=1; Domain=catalog.internal', 'http://127.0.0.1:8080', 'a=1'],
    ['a=1; Domain=catalog.internal', 'http://[::1]:8080', 'a=1'],
    ['a=1; Domain=shop.example', 'https://shop.example', 'a=1; Domain=shop.example'],
    ['Domain=catalog.internal; Path=/', 'https://shop.example', 'Domain=catalog.internal; Path=/'],
    ['a=1', 'https://shop.example', 'a=1'],
  ])('writes the domain of the cookie %j for %s', (cookie, to, expected) => {
    expect(rewritten('set-cookie', [cookie, 'b=2'], undefined, to)).toEqual([expected, 'b=2']);
  });
});
