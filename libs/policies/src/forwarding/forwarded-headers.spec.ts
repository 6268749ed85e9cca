import { describe, expect, it } from 'vitest';
import { testContext } from '@portico/core/testing';
import { forwardedHeaders, type Peer } from './forwarded-headers.js';
import { ForwardingRules, type ForwardingOptions } from './forwarding-rules.js';

const stranger: Peer = { address: '203.0.113.9', trusted: false, scheme: 'http' };
const proxy: Peer = { address: '10.0.0.2', trusted: true, scheme: 'http' };
const none = { xForwarded: false };

function forwarded(lines: readonly string[], { peer = stranger, options, client = peer.address, host = 'shop.example' }: { peer?: Peer; options?: ForwardingOptions; client?: string; host?: string } = {}) {
  const raw = lines.flatMap((line) => [line.slice(0, line.indexOf(':', 1)), line.slice(line.indexOf(':', 1) + 1).trim()]);
  const context = testContext({ address: client, headers: { host } });
  return [...forwardedHeaders(context, raw, peer, new ForwardingRules(options))].map(([name, value]) => `${name}: ${value}`);
}

describe('forwardedHeaders', () => {
  it('passes fields on in their order, repeated lines as lines, names in lower case', () => {
    expect(forwarded(['Accept: a', 'Cookie: x=1', 'accept: b', 'X-Odd: ', 'Authorization: Bearer t', 'Content-Length: 3'], { options: none })).toEqual([
      'accept: a',
      'cookie: x=1',
      'accept: b',
      'x-odd: ',
      'authorization: Bearer t',
      'content-length: 3',
    ]);
  });

  it.each([
    ['the fields of the connection', ['Connection: keep-alive', 'Keep-Alive: timeout=5', 'Upgrade: h2c', 'HTTP2-Settings: AA', 'Trailer: X-A', 'Proxy-Connection: close']],
    ['proxy credentials, and the field that CGI takes for a proxy', ['Proxy-Authorization: Basic a', 'PROXY-AUTHENTICATE: Basic', 'Proxy-Foo: 1', 'Proxy: http://evil.example']],
    ['what Connection names, in any case, order and number of lines', ['X-Hop: 1', 'Connection: close, X-HOP', 'connection: Other', 'other: 2', 'Cookie2: kept', 'x-hop: 3']],
    ['what the gateway writes itself', ['Host: evil.example', 'Expect: 100-continue', 'traceparent: 00-1', 'tracestate: a=b', 'X-Correlation-Id: mine']],
    ['what services believe', ['Portico-User: ann', 'x-user: ann', 'X-User-Roles: admin', 'PORTICO-X: 1']],
    ['the same written for CGI', ['portico_user: ann', 'x_user_id: 1', 'X_Forwarded_For: 1.1.1.1', 'x-forwarded_for: 1.1.1.1', 'transfer_encoding: chunked']],
    ['pseudo fields', [':path: /', ':authority: a']],
    ['all that a stranger says of the client', ['X-Forwarded-For: 1.1.1.1', 'X-Forwarded-Proto: https', 'x-forwarded-host: a', 'X-Forwarded-Prefix: /a', 'X-Forwarded-Anything: a', 'Forwarded: for=1.1.1.1', 'X-Real-IP: 1.1.1.1', 'True-Client-IP: 1.1.1.1', 'X-Original-URL: /admin']],
  ])('drops %s', (_, lines) => {
    expect(forwarded(lines, { options: none })).toEqual(lines.filter((line) => line.startsWith('Cookie2')).map((line) => line.toLowerCase()));
  });

  it('lets Connection take away neither length nor what is written here', () => {
    expect(forwarded(['Connection: content-length, x-forwarded-for, te, host', 'Content-Length: 3', 'TE: trailers'])).toEqual([
      'content-length: 3',
      'te: trailers',
      'x-forwarded-for: 203.0.113.9',
      'x-forwarded-proto: http',
      'x-forwarded-host: shop.example',
    ]);
  });

  it.each([
    ['trailers', ['te: trailers']],
    ['gzip;q=0.5, Trailers', ['te: trailers']],
    ['gzip', []],
    ['trailers2, x-trailers', []],
  ])('of TE: %s says on %j', (te, kept) => {
    expect(forwarded([`TE: ${te}`], { options: none })).toEqual(kept);
  });

  it('drops a length beside a transfer coding', () => {
    expect(forwarded(['Content-Length: 3', 'Transfer-Encoding: chunked'], { options: none })).toEqual([]);
  });

  it('takes fields that services believe from no proxy either', () => {
    expect(forwarded(['Portico-User: ann', 'X-User: ann', 'X-Tenant: t'], { peer: proxy, options: { ...none, reserved: ['X-Tenant', 'portico-*'] } })).toEqual(['x-user: ann']);
  });

  it('tells of a stranger only what is seen here', () => {
    expect(forwarded(['X-Forwarded-For: 1.1.1.1', 'Forwarded: for=1.1.1.1'], { options: { forwarded: true } })).toEqual([
      'x-forwarded-for: 203.0.113.9',
      'x-forwarded-proto: http',
      'x-forwarded-host: shop.example',
      'forwarded: for=203.0.113.9;host=shop.example;proto=http',
    ]);
  });

  it.each([
    ['nothing', [], '10.0.0.2', 'x-forwarded-for: 10.0.0.2'],
    ['the client', ['X-Forwarded-For: 198.51.100.1'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.2'],
    ['further proxies', ['X-Forwarded-For: 198.51.100.1, 10.0.0.3'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.3, 10.0.0.2'],
    ['what the client invented before itself', ['X-Forwarded-For: 127.0.0.1, 198.51.100.1, 10.0.0.3'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.3, 10.0.0.2'],
    ['the client where it invented itself, too', ['X-Forwarded-For: 198.51.100.1, 1.1.1.1, 198.51.100.1'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.2'],
    ['several lines', ['X-Forwarded-For: 1.1.1.1', 'X-Forwarded-For: 198.51.100.1'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.2'],
    ['IPv4 written as IPv6', ['X-Forwarded-For: ::ffff:198.51.100.1'], '198.51.100.1', 'x-forwarded-for: 198.51.100.1, 10.0.0.2'],
    ['rubbish', ['X-Forwarded-For: , unknown,,'], '10.0.0.2', 'x-forwarded-for: 10.0.0.2'],
  ])('continues what a trusted proxy says: %s', (_, lines, client, expected) => {
    expect(forwarded(lines, { peer: proxy, client })[0]).toBe(expected);
  });

  it('passes on what else a trusted proxy says of the client', () => {
    const lines = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: www.shop.example', 'X-Forwarded-Port: 443', 'X-Real-IP: 198.51.100.1'];
    expect(forwarded(lines, { peer: proxy })).toEqual(['x-forwarded-port: 443', 'x-real-ip: 198.51.100.1', 'x-forwarded-for: 10.0.0.2', 'x-forwarded-proto: https', 'x-forwarded-host: www.shop.example']);
  });

  it.each([
    ['from the client on', ['Forwarded: for=1.1.1.1, for=198.51.100.1;proto=https, for=10.0.0.3', 'X-Forwarded-For: 198.51.100.1, 10.0.0.3'], '198.51.100.1', 'for=198.51.100.1;proto=https, for=10.0.0.3, for=10.0.0.2'],
    ['with quotes and brackets', ['Forwarded: For="[2001:db8::1]:47011";host="a,b;c"', 'X-Forwarded-For: 2001:db8::1'], '2001:db8::1', 'For="[2001:db8::1]:47011";host="a,b;c", for=10.0.0.2'],
    ['with an escaped quote', ['Forwarded: for=1.1.1.1;host="a\\",for=198.51.100.1", for=198.51.100.1;host="b"', 'X-Forwarded-For: 198.51.100.1'], '198.51.100.1', 'for=198.51.100.1;host="b", for=10.0.0.2'],
    ['without what only looks like the client', ['Forwarded: host="\\",for=198.51.100.1"', 'X-Forwarded-For: 198.51.100.1'], '198.51.100.1', 'for=198.51.100.1;host=shop.example;proto=http, for=10.0.0.2'],
    ['but writes it anew where it contradicts', ['Forwarded: for=1.1.1.1', 'X-Forwarded-For: 198.51.100.1', 'X-Forwarded-Proto: https'], '198.51.100.1', 'for=198.51.100.1;host=shop.example;proto=https, for=10.0.0.2'],
    ['whole where nothing else tells', ['Forwarded: for=_a, for=_b'], '10.0.0.2', 'for=_a, for=_b, for=10.0.0.2'],
  ])('continues the Forwarded of a trusted proxy %s', (_, lines, client, expected) => {
    expect(forwarded(lines, { peer: proxy, client, options: { ...none, forwarded: true } })).toEqual([`forwarded: ${expected}`]);
  });

  it.each([
    ['2001:db8::1', 'shop.example:8080', 'for="[2001:db8::1]";host="shop.example:8080";proto=http'],
    ['::ffff:192.0.2.7', 'a"b\\', 'for=192.0.2.7;host="a\\"b\\\\";proto=http'],
    ['192.0.2.7', '', 'for=192.0.2.7;proto=http'],
  ])('writes Forwarded for %s and %j as RFC 7239 wants it', (address, host, expected) => {
    expect(forwarded([], { peer: { address, trusted: false, scheme: 'http' }, host, options: { ...none, forwarded: true } })).toEqual([`forwarded: ${expected}`]);
  });

  it('lets Connection take away as many fields as a head can have', () => {
    const names = Array.from({ length: 2_000 }, (_, index) => `h${index}`);
    expect(forwarded([...names.map((name) => `${name}: 1`), `Connection: ${names.join(',')}`], { options: none })).toEqual([]);
  });
});

describe('ForwardingRules', () => {
  it('keeps no more names than its bound, and still treats every name', () => {
    const rules = new ForwardingRules();
    for (let index = 0; index < 2_000; index++) rules.treat(`made-up-${index}`);
    expect(rules.treat('Made-Up-1999')).toEqual({ name: 'made-up-1999', treatment: 'keep' });
    expect(rules.treat('accept')).not.toBe(rules.treat('accept'));
    expect(rules.treat('made-up-1')).toBe(rules.treat('made-up-1'));
  });
});
