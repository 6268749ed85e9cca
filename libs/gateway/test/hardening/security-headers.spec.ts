import { PorticoError, type Policy } from '@portico/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stubService } from '../routes/route-app.js';
import { openWebSocket, webSocketService } from '../routes/web-socket-ends.js';
import { exchange, startHardened, type HardenedApp } from './hardened-app.js';

const expected = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};
const names = Object.keys(expected);
const routes = [{ match: { path: '/wares/{id}' } }];
const blocking: Policy = { name: 'blocking', compile: () => ({ inbound: (context) => { if (context.header('x-blocked')) throw new PorticoError('LIMIT_EXCEEDED'); } }) };

let app: HardenedApp;
beforeAll(async () => {
  const shop = await stubService((request, response) => {
    const said = request.headers['x-say'];
    if (typeof said === 'string') for (const [name, value] of Object.entries(JSON.parse(said) as Record<string, string>)) response.setHeader(name, value);
    response.end('fine');
  });
  app = await startHardened({ routes, policies: [blocking], overrides: { http: { requestTimeoutMs: 300 } } }, shop);
});
afterAll(() => app.close());

const get = (target: string, ...lines: string[]): string => [`GET ${target} HTTP/1.1`, 'host: a', 'connection: close', ...lines, '', ''].join('\r\n');

describe('security headers', () => {
  it.each([
    ['an operation', get('/things/1'), 200],
    ['a configured route', get('/wares/1'), 200],
    ['an unknown address', get('/'), 404],
    ['another method', get('/things/1').replace('GET', 'PUT'), 405],
    ['a refusal of a policy', get('/things/1', 'x-blocked: 1'), 429],
    ['a refusal on a route', get('/wares/1', 'x-blocked: 1'), 429],
    ['a refusal of the router', get('/things/%zz'), 400],
    ['a target that is no path', get('*'), 400],
    ['the server as a whole', get('*').replace('GET', 'OPTIONS'), 404],
    ['a connection that closes', get('http://b/things/1'), 400],
    ['a request without host', 'GET / HTTP/1.1\r\nconnection: close\r\n\r\n', 400],
    ['noise', 'NONSENSE\r\n\r\n', 400],
    ['a header that is too large', get('/', `x: ${'x'.repeat(20_000)}`), 431],
    ['a header that does not end', 'GET / HTTP/1.1\r\nhost: a\r\n', 408],
    ['a body that does not end', 'POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n', 408],
    ['readiness', get('/health/ready'), 200],
    ['an expectation', get('/things/1', 'expect: wonders'), 200],
  ])('stand on the answer to %s', async (_what, text, status) => {
    const answer = await exchange(app, text);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(expected);
  });

  it('stand on the answer that opens a WebSocket, and are not left to its service', async () => {
    const service = await webSocketService({ fields: ['Strict-Transport-Security: max-age=0', 'Content-Security-Policy: default-src self'] });
    const chat = await startHardened({ routes: [{ match: { path: '/chat' }, websocket: true }] }, service);
    const { status, headers, peer } = await openWebSocket(chat.port, '/chat');
    expect([status, headers.connection]).toEqual([101, 'Upgrade']);
    expect(headers).toMatchObject({ ...expected, 'content-security-policy': 'default-src self' });
    peer.send('still a WebSocket');
    expect(await peer.text()).toBe('still a WebSocket');
    await chat.close();
  });

  it('leave what an operation says of its own answer', async () => {
    const { headers } = await app.client.get('/things/1/kept').expect(200);
    expect(headers).toMatchObject({ ...expected, 'cache-control': 'public, max-age=60', 'cross-origin-resource-policy': 'cross-origin' });
  });

  it('leave the policy of the documentation page, and its caching', async () => {
    const { headers } = await app.client.get('/docs').expect(200);
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers).toMatchObject({ 'cache-control': 'no-cache', 'strict-transport-security': expected['strict-transport-security'], 'x-content-type-options': 'nosniff' });
  });

  it('leave what a service says of its own answer, but not of the host', async () => {
    const said = { 'content-security-policy': "default-src 'self'", 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'cross-origin', expires: '0', 'strict-transport-security': 'max-age=0', 'x-content-type-options': 'none' };
    const answer = await exchange(app, get('/wares/1', `x-say: ${JSON.stringify(said)}`));
    const { 'cache-control': _, ...others } = expected;
    expect(answer.headers).toMatchObject({ ...others, 'content-security-policy': "default-src 'self'", 'referrer-policy': 'same-origin', 'cross-origin-resource-policy': 'cross-origin', expires: '0' });
    expect(answer.headers['cache-control']).toBeUndefined();
  });

  it('stand there once', async () => {
    const said = Object.fromEntries(names.map((name) => [name, 'x']));
    const answer = await fetch(`${app.url}/wares/1`, { headers: { 'x-say': JSON.stringify(said) } });
    for (const name of names) expect(answer.headers.get(name)).not.toContain(',');
  });

  it('can be left to whoever stands before the gateway', async () => {
    const bare = await startHardened({ routes, overrides: { http: { securityHeaders: false } } });
    for (const text of [get('/things/1'), get('/wares/1')]) {
      const { headers } = await exchange(bare, text);
      expect(names.filter((name) => name in headers)).toEqual([]);
    }
    expect((await exchange(bare, 'NONSENSE\r\n\r\n')).headers['cache-control']).toBe('no-store');
    await bare.close();
  });
});
