import { request as ask } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { Controller, Get } from '@nestjs/common';
import { Public } from '@portico/auth';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { View } from '../../src/index.js';
import { startRouteApp, stubService, type RouteParts, type StubService } from './route-app.js';

const closing: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

async function app(routes: RouteParts[], listener?: Parameters<typeof stubService>[0], parts: Partial<Parameters<typeof startRouteApp>[0]> = {}) {
  const shop: StubService = await stubService(listener);
  const started = await startRouteApp({ routes, shop: shop.origin, ...parts });
  closing.push(started, shop);
  return { ...started, shop };
}

/** Sends a request as it is written, and reads the whole answer. */
function send(port: number, method: string, path: string, headers: Record<string, string | string[]> = {}, body?: string): Promise<{ status: number; headers: Record<string, unknown>; rawHeaders: string[]; body: string }> {
  return new Promise((resolve, reject) => {
    const request = ask({ port, host: '127.0.0.1', method, path, headers, agent: false }, (answer) => {
      text(answer).then((whole) => resolve({ status: answer.statusCode as number, headers: answer.headers, rawHeaders: answer.rawHeaders, body: whole }), reject);
    });
    request.on('error', reject).end(body);
  });
}

const HelloView = defineViewModel('RouteHello', Type.Object({ hello: Type.String() }));

@Controller('api')
@Public()
class HelloController {
  @Get('hello')
  @View(HelloView)
  read() {
    return { hello: 'coded' };
  }
}

describe('a configured route', () => {
  it('passes request and answer on', async () => {
    const { port, shop } = await app([{ match: { path: '/files/{path*}' }, to: { path: '/store/{path}' } }], (_, response) => response.writeHead(203, { 'X-A': 'b' }).end('bytes'));
    const answer = await send(port, 'GET', '/files/a/b%20c?x=1&x=2', { 'x-mine': 'yes' });
    expect([answer.status, answer.headers['x-a'], answer.headers['content-length'], answer.body]).toEqual([203, 'b', '5', 'bytes']);
    expect(answer.headers['content-type']).toBeUndefined();
    expect(answer.headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
    const [seen] = shop.seen;
    expect([seen?.method, seen?.url, seen?.headers['x-mine'], seen?.headers.host]).toEqual(['GET', '/store/a/b%20c?x=1&x=2', 'yes', new URL(shop.origin).host]);
    expect(seen?.headers).toMatchObject({ 'x-correlation-id': answer.headers['x-correlation-id'], 'x-forwarded-for': '127.0.0.1', 'portico-timeout-ms': expect.stringMatching(/^\d+$/) });
  });

  it('passes bodies on, short and long, with and without a length, and leaves encodings alone', async () => {
    const { port } = await app([{ match: { path: '/echo' } }], (request, response) => {
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '', 'content-encoding': 'gzip', 'x-length': request.headers['content-length'] ?? 'none' });
      request.pipe(response);
    });
    const long = 'x'.repeat(300_000);
    const short = await send(port, 'POST', '/echo', { 'content-type': 'text/odd', 'content-length': '5' }, 'hello');
    expect([short.body, short.headers['content-type'], short.headers['x-length'], short.headers['content-encoding']]).toEqual(['hello', 'text/odd', '5', 'gzip']);
    expect((await send(port, 'PUT', '/echo', { 'content-length': '300000' }, long)).body).toBe(long);
    const chunked = await send(port, 'PUT', '/echo', { 'transfer-encoding': 'chunked' }, long);
    expect([chunked.body, chunked.headers['x-length']]).toEqual([long, 'none']);
    expect(gzipSync('').length).toBeGreaterThan(0);
  });

  it('keeps repeated fields of an answer apart and in order', async () => {
    const { port } = await app([{ match: { path: '/x' } }], (_, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']);
      response.setHeader('Link', ['<a>', '<b>']);
      response.end();
    });
    const { headers, rawHeaders } = await send(port, 'GET', '/x');
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(rawHeaders.filter((_, index) => rawHeaders[index - 1] === 'link')).toEqual(['<a>', '<b>']);
  });

  it('answers HEAD without body, and 204 and 304 likewise', async () => {
    const { port } = await app([{ match: { path: '/{status}' } }], (request, response) => response.writeHead(Number(request.url?.slice(1)), request.method === 'HEAD' ? { 'content-length': '7' } : {}).end());
    expect(await send(port, 'HEAD', '/200')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '7' } });
    for (const status of [204, 304]) expect(await send(port, 'GET', `/${status}`)).toMatchObject({ status, body: '' });
  });

  it('leaves coded operations to their controllers, and answers what nobody takes with 404, or with 405 and the methods of both', async () => {
    const { port, shop } = await app([{ match: { path: '/api/{rest*}', methods: ['POST'] } }], undefined, { controllers: [HelloController] });
    expect((await send(port, 'GET', '/api/hello')).body).toBe('{"hello":"coded"}');
    expect((await send(port, 'POST', '/api/hello')).body).toBe('fine');
    const wrong = await send(port, 'DELETE', '/api/hello');
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, HEAD, POST']);
    expect(JSON.parse(wrong.body)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' });
    expect([(await send(port, 'GET', '/elsewhere')).status, shop.seen.length]).toEqual([404, 1]);
  });

  it('answers a wrong method with 404 where the settings say so', async () => {
    const { port } = await app([{ match: { path: '/x', methods: ['POST'] } }], undefined, { settings: { wrongMethodStatus: 404 } });
    expect((await send(port, 'GET', '/x')).status).toBe(404);
  });

  it.each(['/files/../secret', '/files/%2e%2e/secret', '/files/a%00', '/files/a%5c..'])('refuses the path %s before any service sees it', async (path) => {
    const { port, shop } = await app([{ match: { path: '/files/{path*}' } }]);
    expect((await send(port, 'GET', path)).status).toBe(400);
    expect(shop.seen).toEqual([]);
  });

  it('passes an encoded slash on as data', async () => {
    const { port, shop } = await app([{ match: { path: '/files/{id}' } }]);
    await send(port, 'GET', '/files/a%2fb');
    expect(shop.seen[0]?.url).toBe('/files/a%2Fb');
  });

  it('refuses a body that is too large, by its length and while it comes', async () => {
    const { port } = await app([{ match: { path: '/x' }, maxBodyBytes: 100_000 }], (request, response) => request.resume().on('end', () => response.end()));
    const body = 'x'.repeat(200_000);
    expect((await send(port, 'POST', '/x', { 'content-length': '200000' }, body)).status).toBe(413);
    expect((await send(port, 'POST', '/x', { 'transfer-encoding': 'chunked' }, body)).status).toBe(413);
  });

  it('sends a body of unknown length without a length, also where all of it has come already', async () => {
    const { port, shop } = await app([{ match: { path: '/x' } }], (request, response) => request.pipe(response));
    expect((await send(port, 'POST', '/x', { 'transfer-encoding': 'chunked' }, 'short')).body).toBe('short');
    expect(shop.seen[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(shop.seen[0]?.headers['content-length']).toBeUndefined();
  });

  it('answers with the status of the settings when the service goes away without an answer', async () => {
    const { port } = await app([{ match: { path: '/x' } }], (request) => request.socket.destroy(), { settings: { unreachableStatus: 502 } });
    expect((await send(port, 'GET', '/x')).status).toBe(502);
  });

  it('answers with a problem when the service cannot be reached or is too late', async () => {
    const gone = await stubService();
    gone.close();
    const { port } = await app([{ match: { path: '/x' } }], undefined, { shop: gone.origin });
    expect(JSON.parse((await send(port, 'GET', '/x')).body)).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
    const late = await app([{ match: { path: '/x' }, timeoutMs: 50 }], () => {}, { settings: { timeoutStatus: 503 } });
    expect(JSON.parse((await send(late.port, 'GET', '/x')).body)).toMatchObject({ status: 503, code: 'SERVICE_TIMEOUT' });
    const native = await app([{ match: { path: '/x' }, timeoutMs: 50 }], () => {});
    expect((await send(native.port, 'GET', '/x')).status).toBe(504);
  });

  it('streams an answer as it comes, and ends the call when the client leaves', async () => {
    const { port, shop } = await app([{ match: { path: '/events' } }], (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: 1\n\n');
    });
    const first = await new Promise<string>((resolve, reject) => {
      const request = ask({ port, host: '127.0.0.1', path: '/events', agent: false }, (answer) => answer.once('data', (chunk) => (resolve(String(chunk)), request.destroy())));
      request.on('error', reject).end();
    });
    expect(first).toBe('data: 1\n\n');
    await expect.poll(() => shop.seen[0]?.socket.destroyed).toBe(true);
  });

  it('breaks an answer off when the service does', async () => {
    let breakOff = (): void => {};
    const { port } = await app([{ match: { path: '/x' } }], (_, response) => {
      response.writeHead(200).write('half');
      breakOff = () => response.destroy();
    });
    const end = new Promise((resolve) => {
      ask({ port, host: '127.0.0.1', path: '/x', agent: false }, (answer) => answer.once('data', breakOff).once('end', () => resolve('whole')).once('error', () => resolve('broken off'))).end();
    });
    expect(await end).toBe('broken off');
  });

  it('is logged and counted under its name', async () => {
    const started = await app([{ match: { path: '/files/{path*}' }, name: 'files' }]);
    await send(started.port, 'GET', '/files/secret?token=1');
    expect(await started.logged(({ msg }) => msg === 'request')).toMatchObject({ route: '/files/{path*}', status: 200, bytes: 4 });
  });
});
