import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, exchange, startHardened, type HardenedApp } from './hardened-app.js';

let app: HardenedApp;
beforeAll(async () => {
  app = await startHardened({ routes: [{ match: { path: '/wares/{id}' } }, { match: { path: '/chat' }, websocket: true }] });
});
afterAll(() => app.close());

const request = (target: string, ...lines: string[]): string => [`GET ${target} HTTP/1.1`, 'host: a', 'connection: close', ...lines, '', ''].join('\r\n');
const fields = (count: number): string[] => Array.from({ length: count }, (_, index) => `x-${index}: 1`);

/** Sends what must be refused, and looks at everything that a refusal is: an answer, a line, a count, and silence behind it. */
async function refused(text: string, status = 400, code = 'REQUEST_MALFORMED'): Promise<void> {
  const series = `portico_http_requests_total{method="any",route="none",status_class="4xx"}`;
  const before = await app.metric(series);
  const sent = app.shop.seen.length;
  app.reached.length = 0;
  const answer = await exchange(app, text);
  expect([answer.status, codeOf(answer), answer.headers.connection, answer.headers['content-type']]).toEqual([status, code, 'close', 'application/problem+json; charset=utf-8']);
  expect(await app.logged(({ id }) => id === answer.headers['x-correlation-id'])).toMatchObject({ status, code });
  expect(app.reached.filter((entry) => !entry.includes('/metrics') && !entry.startsWith('failed '))).toEqual([]);
  expect(await app.metric(series)).toBe(before + 1);
  expect(app.shop.seen).toHaveLength(sent);
}

describe('a request that two servers could read differently', () => {
  it.each([
    ['Host', 'b'],
    ['HOST', 'a'],
    ['Authorization', 'Bearer a'],
    ['Cookie', 'a=1'],
    ['Origin', 'https://a.example'],
    ['Content-Type', 'application/json'],
    ['X-CSRF', '1'],
    ['DPoP', 'a'],
    ['X-Api-Key', 'a'],
    ['X-Correlation-Id', 'aaaa-bbbb'],
  ])('is refused when its field %s repeats, on coded operations, routes and unknown addresses', async (name, value) => {
    const lines = name.toLowerCase() === 'host' ? [`${name}: ${value}`] : [`${name.toLowerCase()}: ${value}`, `${name}: ${value}`];
    for (const target of ['/things/1', '/wares/1', '/nowhere']) await refused(request(target, ...lines));
  });

  it('is refused when the field repeats that API keys are sent in, whatever it is called', async () => {
    const renamed = await startHardened({ routes: [{ match: { path: '/wares/{id}' } }], overrides: { apiKeys: { header: 'X-Partner-Credential' } } });
    for (const target of ['/things/1', '/wares/1', '/nowhere']) {
      const answer = await exchange(renamed, request(target, 'x-partner-credential: a', 'X-PARTNER-Credential: b'));
      expect([answer.status, codeOf(answer), answer.headers.connection]).toEqual([400, 'REQUEST_MALFORMED', 'close']);
      expect(answer.body).toContain('x-partner-credential');
    }
    expect([renamed.reached.filter((entry) => !entry.startsWith('failed ')), renamed.shop.seen]).toEqual([[], []]);
    expect((await exchange(renamed, request('/things/1', 'x-partner-credential: a'))).status).toBe(200);
    expect((await exchange(app, request('/things/1', 'x-partner-credential: a', 'x-partner-credential: b'))).status).toBe(200);
    await renamed.close();
  });

  it('is refused when its length repeats', () => refused(request('/things/1', 'content-length: 0', 'content-length: 0')));

  it('may repeat any other field', async () => {
    expect((await exchange(app, request('/things/1', 'accept: text/html', 'accept: application/json', 'x-csrf-token: 1', 'x-csrf: 1', 'hosts: b'))).status).toBe(200);
  });

  it('is refused when the name of a field has an underscore', () => refused(request('/things/1', 'x_csrf: 1')));

  it('may have 100 fields and no more', async () => {
    expect((await exchange(app, request('/things/1', ...fields(98)))).status).toBe(200);
    await refused(request('/things/1', ...fields(99)), 431, 'HEADERS_TOO_LARGE');
    await refused(request('/wares/1', ...fields(1_500)), 431, 'HEADERS_TOO_LARGE');
  });

  it.each(['http://other.example/things/1', 'http://a/wares/1', '//other.example/%zz', 'http://a/%zz', '*', '*/things/1', 'things/1', '/things/1#/public', '/wares/1?a#b', '/#'])('is refused when its target is %s', async (target) => {
    if (target.startsWith('//')) expect((await exchange(app, request(target))).status).toBe(400);
    else await refused(request(target));
  });

  it('may ask what the server as a whole can do', async () => {
    const answer = await exchange(app, 'OPTIONS * HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    expect([answer.status, codeOf(answer)]).toEqual([404, 'ROUTE_NOT_FOUND']);
  });

  it('is refused when it names no host, unless it is of HTTP/1.0', async () => {
    await refused('GET /things/1 HTTP/1.1\r\nconnection: close\r\n\r\n');
    expect((await exchange(app, 'GET /things/1 HTTP/1.0\r\n\r\n')).status).toBe(200);
  });

  it('is refused when it asks for a WebSocket too', async () => {
    const upgrade = ['upgrade: websocket', 'sec-websocket-version: 13', 'sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA=='];
    const head = (...lines: string[]): string => ['GET /chat HTTP/1.1', 'host: a', 'connection: upgrade', ...upgrade, ...lines, '', ''].join('\r\n');
    await refused(head('origin: http://a', 'origin: http://a'));
    await refused(head('sec_websocket_key: a'));
    await refused(head().replace('host: a\r\n', ''));
  });

  it('is read on although it expects something unknown', async () => {
    const answer = await exchange(app, request('/things/1', 'expect: wonders'));
    expect([answer.status, answer.headers['x-content-type-options']]).toEqual([200, 'nosniff']);
  });
});
