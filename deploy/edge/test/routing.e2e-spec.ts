import { connect as connectPlain } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { realProgram } from '@portico/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../src/nginx/problems.mjs';
import { TestEdge, type EdgeRequest } from './test-edge.js';
import { TestInstance, type Arrived } from './test-instance.js';

const nginx = realProgram('nginx');

describe.skipIf(nginx.absent)(`${nginx.title}: what the edge passes on`, () => {
  let edge: TestEdge;
  let web: TestInstance;
  let mobile: TestInstance;
  let gone: TestInstance;

  beforeAll(async () => {
    web = await TestInstance.start('web', {
      answer: (request, response) => {
        if (request.url === '/silent') return true;
        if (request.url !== '/refused') return false;
        response.writeHead(403, { 'content-type': 'application/problem+json', 'x-frame-options': 'SAMEORIGIN', 'x-accel-redirect': '/old/inside', 'strict-transport-security': 'max-age=1' }).end('{"code":"OPERATION_FORBIDDEN"}');
        return true;
      },
    });
    mobile = await TestInstance.start('mobile');
    gone = await TestInstance.start('gone');
    const { address } = gone;
    await gone.kill();
    edge = await TestEdge.start({
      pools: { 'web-bff': { instances: [web.address] }, 'mobile-bff': { instances: [mobile.address] }, gone: { instances: [address] } },
      bodyBytes: 2_048,
      headerBytes: 4_096,
      sites: [
        {
          hosts: ['shop.localhost', '*.shop.localhost'],
          pool: 'web-bff',
          paths: [{ prefix: '/m/', pool: 'mobile-bff' }, { prefix: '/old/', rewrite: '/v2/' }, { prefix: '/gone', pool: 'gone' }, { prefix: '/metrics', closed: true }, { prefix: '/silent', answerTimeoutMs: 100 }],
        },
        { hosts: ['m.localhost'], pool: 'mobile-bff' },
        { hosts: ['parts.localhost'], paths: [{ prefix: '/only/', pool: 'web-bff' }] },
      ],
    });
  });

  afterAll(async () => {
    await edge.close();
    await web.kill();
    await mobile.kill();
  });

  const seen = async (path: string, options: EdgeRequest = {}): Promise<Arrived & { instance: unknown }> => {
    const { body, headers } = await edge.send(path, options);
    return { ...(JSON.parse(body) as Arrived), instance: headers['x-instance'] };
  };

  it.each([
    ['shop.localhost', '/home', 'web', '/home'],
    ['a.shop.localhost', '/home', 'web', '/home'],
    ['m.localhost', '/home', 'mobile', '/home'],
    ['shop.localhost', '/m/home', 'mobile', '/m/home'],
    ['shop.localhost', '/old/a%20b/c?x=1&y=%2F', 'web', '/v2/a%20b/c?x=1&y=%2F'],
    ['shop.localhost', '/older/x', 'web', '/older/x'],
    ['parts.localhost', '/only/x', 'web', '/only/x'],
  ])('takes %s%s to %s, as %s', async (host, path, instance, url) => {
    expect(await seen(path, { host })).toMatchObject({ instance, url });
  });

  it('says what it knows of the client itself, whatever the client says', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http', 'x-forwarded-host': 'evil.example', 'x-forwarded-port': '1', forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9', 'x-original-url': '/admin', 'x-rewrite-url': '/admin', 'x-http-method-override': 'DELETE', x_forwarded_for: '203.0.113.9' };
    const { headers } = await seen('/', { headers: forged });
    expect(headers).toMatchObject({ host: `shop.localhost:${edge.httpsPort}`, 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https', 'x-forwarded-host': `shop.localhost:${edge.httpsPort}`, 'x-forwarded-port': String(edge.httpsPort) });
    for (const name of ['forwarded', 'x-real-ip', 'x-original-url', 'x-rewrite-url', 'x-http-method-override', 'x_forwarded_for', 'connection', 'upgrade']) expect(headers).not.toHaveProperty(name);
  });

  it('names the port at which it serves, not the one that the client claims', async () => {
    expect((await seen('/', { headers: { host: 'SHOP.localhost:1' } })).headers.host).toBe(`shop.localhost:${edge.httpsPort}`);
  });

  it('lets no upgrade but that to WebSocket through', async () => {
    const { headers } = await seen('/', { headers: { connection: 'upgrade, http2-settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' } });
    expect(headers).not.toHaveProperty('upgrade');
  });

  const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  it('continues a trace, and logs it', async () => {
    const { headers } = await seen('/traced', { headers: { traceparent: parent, tracestate: 'a=b' } });
    expect(headers).toMatchObject({ traceparent: parent, tracestate: 'a=b' });
    expect(await edge.line(({ path }) => path === '/traced')).toMatchObject({ traceparent: parent, status: '200', pool: 'web-bff', instance: web.address, instanceStatus: '200' });
  });

  it.each(['', 'nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', '00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01', `ff${parent.slice(2)}`, `${parent}-x`, parent.toUpperCase()])('begins a trace in place of %j', async (traceparent) => {
    const { headers } = await seen('/', { headers: { traceparent, tracestate: 'a=b' } });
    expect(headers['traceparent']).toMatch(/^00-(?!0af7)[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    expect(headers['tracestate']).toBeUndefined();
  });

  it('passes a well-formed correlation id on, and makes one in place of another', async () => {
    expect((await seen('/', { headers: { 'x-correlation-id': 'order-0001.a' } })).headers['x-correlation-id']).toBe('order-0001.a');
    expect((await seen('/', { headers: { 'x-correlation-id': '<script>' } })).headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('logs the path of a request, never its query', async () => {
    await edge.send('/logged?access_token=very-secret');
    await edge.line(({ path }) => path === '/logged');
    await edge.send('/gone?access_token=very-secret');
    await edge.line(({ path }) => path === '/gone');
    expect(edge.lines.some(({ msg }) => String(msg).includes('connect() failed'))).toBe(true);
    expect(JSON.stringify(edge.lines)).not.toContain('very-secret');
  });

  it("passes a BFF's own problem and header fields on, and is not steered by them", async () => {
    const { status, headers, body } = await edge.send('/refused');
    expect([status, body]).toEqual([403, '{"code":"OPERATION_FORBIDDEN"}']);
    expect(headers).toMatchObject({ 'x-frame-options': 'SAMEORIGIN', 'strict-transport-security': 'max-age=31536000; includeSubDomains' });
  });

  it.each(['/metrics', '/%6detrics?x=1', '//metrics', '/api/../metrics', '/metrics/all'])('keeps what is closed from clients: %s', async (path) => {
    const before = web.arrived.length;
    expect(JSON.parse((await edge.send(path)).body)).toMatchObject({ code: 'ROUTE_NOT_FOUND' });
    expect(web.arrived).toHaveLength(before);
  });

  it.each<[code: string, path: string, options: EdgeRequest]>([
    ['ROUTE_NOT_FOUND', '/other', { host: 'parts.localhost' }],
    ['BODY_TOO_LARGE', '/', { method: 'POST', headers: { 'content-type': 'application/json', 'content-length': '2050' }, body: JSON.stringify('a'.repeat(2_048)) }],
    ['URL_TOO_LONG', `/${'a'.repeat(5_000)}`, {}],
    ['HEADERS_TOO_LARGE', '/', { headers: { 'x-long': 'a'.repeat(5_000) } }],
    ['METHOD_NOT_ALLOWED', '/', { method: 'TRACE' }],
    ['BFF_UNAVAILABLE', '/gone', {}],
    ['BFF_TIMEOUT', '/silent', {}],
  ])('answers %s as a problem of its own', async (code, path, options) => {
    const { status, headers, body } = await edge.send(path, options);
    const problem = problems.find((each) => each.code === code);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(headers['strict-transport-security']).toBeDefined();
    expect(JSON.parse(body)).toEqual({ type: expect.stringContaining('/problems/') as string, title: problem?.title, status, code, action: problem?.action, correlationId: headers['x-correlation-id'] });
    expect(status).toBe(problem?.status);
  });

  it('tells who speaks no TLS where it is needed', async () => {
    const socket = connectPlain(edge.httpsPort, '127.0.0.1');
    socket.end('GET / HTTP/1.1\r\nHost: shop.localhost\r\n\r\n');
    expect(await text(socket)).toContain('"code":"TLS_NEEDED"');
  });

  it('answers what is no HTTP as a problem too', async () => {
    const socket = connect({ host: '127.0.0.1', port: edge.httpsPort, servername: 'shop.localhost', ca: edge.ca });
    socket.end('GET / HTTP/1.1\r\nHost: shop.localhost\r\nHost: evil.example\r\n\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('"code":"REQUEST_MALFORMED"');
  });
});
