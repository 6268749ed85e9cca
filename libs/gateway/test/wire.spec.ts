import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Public } from '@portico/auth';
import { PorticoError, type Policy, type RequestContext } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import { IsString, Matches } from 'class-validator';
import Type from 'typebox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Context, View } from '../src/index.js';
import { openRaw, parseAnswer } from './raw-client.js';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));

class ThingBody {
  @IsString()
  id!: string;
}

class ThingParams {
  @Matches(/^[\w-]+$/)
  id!: string;
}

let arrived: (context: RequestContext) => void = () => {};

@Controller('things')
@Public()
class ThingsController {
  @Get(':id')
  @View(Thing)
  read(@Param() { id }: ThingParams) {
    return { id };
  }

  @Post()
  @HttpCode(200)
  @View(Thing)
  write(@Body() { id }: ThingBody) {
    return { id };
  }

  @Get('slow/:id')
  @View(Thing)
  async slow(@Context() context: RequestContext) {
    arrived(context);
    await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
    return { id: 'too late' };
  }
}

const shield: Policy = {
  name: 'shield',
  compile: () => ({
    inbound: (context) => {
      context.setAnswerHeader('x-shield', 'up');
      if (context.header('x-blocked')) throw new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': '9' } });
    },
  }),
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [ThingsController], policies: [shield], overrides: { http: { requestTimeoutMs: 300, maxBodyBytes: 1_000 } } });
});
afterAll(() => app.close());

/** Series of requests that nothing is bound to. */
const nowhere = (status: number) => `portico_http_requests_total{method="any",route="none",status_class="${Math.floor(status / 100)}xx"}`;

describe('every refusal is a problem, with a correlation id, a log line and a count', () => {
  const send = (method: 'get' | 'post' | 'put' | 'delete' | 'patch' | 'options', path: string) => app.client[method](path);
  const json = (text: string) => app.client.post('/things').set('content-type', 'application/json').send(text);

  it.each([
    ['an unknown address', () => send('get', '/nowhere'), 404, 'ROUTE_NOT_FOUND', 'none'],
    ['the root', () => send('get', '/'), 404, 'ROUTE_NOT_FOUND', 'none'],
    ['another method', () => send('delete', '/things/t-1'), 405, 'METHOD_NOT_ALLOWED', 'none'],
    ['OPTIONS', () => send('options', '/things'), 405, 'METHOD_NOT_ALLOWED', 'none'],
    ['a path that cannot be decoded', () => send('get', '/%zz'), 400, 'REQUEST_MALFORMED', 'none'],
    ['a parameter that cannot be decoded', () => send('get', '/things/%zz'), 400, 'REQUEST_MALFORMED', 'none'],
    ['a parameter that is too long', () => send('get', `/things/${'x'.repeat(201)}`), 414, 'URL_TOO_LONG', 'none'],
    ['an empty parameter', () => send('get', '/things/'), 404, 'ROUTE_NOT_FOUND', '/things/:id'],
    ['an invalid parameter', () => send('get', '/things/a.b'), 400, 'REQUEST_INVALID', '/things/:id'],
    ['another content type', () => send('post', '/things').set('content-type', 'text/plain').send('id=1'), 415, 'CONTENT_TYPE_UNSUPPORTED', '/things'],
    ['a form', () => send('post', '/things').type('form').send({ id: '1' }), 415, 'CONTENT_TYPE_UNSUPPORTED', '/things'],
    ['XML', () => send('post', '/things').set('content-type', 'application/xml').send('<id/>'), 415, 'CONTENT_TYPE_UNSUPPORTED', '/things'],
    ['a body without content type', () => send('post', '/things').unset('content-type').serialize((text: unknown) => text as string).send('{}'), 415, 'CONTENT_TYPE_UNSUPPORTED', '/things'],
    ['no body', () => send('post', '/things'), 400, 'REQUEST_INVALID', '/things'],
    ['an empty body', () => json(''), 400, 'REQUEST_MALFORMED', '/things'],
    ['broken JSON', () => json('{"id":'), 400, 'REQUEST_MALFORMED', '/things'],
    ['a prototype in JSON', () => json('{"__proto__":{"id":"1"},"id":"1"}'), 400, 'REQUEST_MALFORMED', '/things'],
    ['a constructor in JSON', () => json('{"constructor":{"prototype":{}},"id":"1"}'), 400, 'REQUEST_MALFORMED', '/things'],
    ['a list for an object', () => json('[{"id":"1"}]'), 400, 'REQUEST_INVALID', '/things'],
    ['a text for an object', () => json('"id"'), 400, 'REQUEST_INVALID', '/things'],
    ['null for an object', () => json('null'), 400, 'REQUEST_INVALID', '/things'],
    ['JSON nested too deeply', () => json(`{"id":"1","x":${'['.repeat(400)}${']'.repeat(400)}}`), 400, 'REQUEST_INVALID', '/things'],
    ['a body that is too large', () => json(`{"id":"${'x'.repeat(1_000)}"}`), 413, 'BODY_TOO_LARGE', '/things'],
  ])('%s', async (what, ask, status, code, route) => {
    const id = `wire-${what.replace(/\W/g, '-')}-id`;
    const series = route === 'none' ? nowhere(status) : undefined;
    const before = series ? await app.metric(series) : 0;
    const answer = await ask().set('x-correlation-id', id);
    expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', 'x-correlation-id': id, 'x-shield': 'up' });
    expect(answer.body.correlationId).toBe(id);
    expect(await app.logged((line) => line.id === id)).toMatchObject({ status, code });
    if (series) expect(await app.metric(series)).toBe(before + 1);
  });

  it('names the methods that an address takes', async () => {
    expect((await app.client.delete('/things/t-1').expect(405)).headers.allow).toBe('GET, HEAD');
    expect((await app.client.get('/things').expect(405)).headers.allow).toBe('POST');
    expect((await app.client.post('/health/live').expect(405)).headers.allow).toBe('GET, HEAD');
  });

  it('answers HEAD without a body', async () => {
    expect((await app.client.head('/things/t-1').expect(200)).headers['content-length']).toBe('12');
    expect((await app.client.head('/nowhere').expect(404)).text).toBeUndefined();
  });

  it('runs the policies before it complains about a path', async () => {
    const { body, headers } = await app.client.get('/%zz').set('x-blocked', 'yes').expect(429);
    expect(body.code).toBe('LIMIT_EXCEEDED');
    expect(headers['retry-after']).toBe('9');
  });

  it('lists every fault of a body at once, unknown fields too', async () => {
    const { body } = await json('{"id":1,"extra":2,"toString":3}').expect(400);
    expect(body.faults).toEqual([
      { path: 'body.toString', message: 'property toString should not exist' },
      { path: 'body.extra', message: 'property extra should not exist' },
      { path: 'body.id', message: 'id must be a string' },
    ]);
  });
});

describe('what is no HTTP request', () => {
  const refused = async (text: string, status: number, code: string) => {
    const before = await app.metric(nowhere(status));
    const answer = parseAnswer(await openRaw(app.port, text).closed);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', connection: 'close', 'cache-control': 'no-store' });
    const body = JSON.parse(answer.body) as { code: string; correlationId: string };
    expect(body.code).toBe(code);
    expect(answer.headers['x-correlation-id']).toBe(body.correlationId);
    expect(await app.logged((line) => line.id === body.correlationId)).toMatchObject({ status, code });
    expect(await app.metric(nowhere(status))).toBe(before + 1);
  };

  it('is refused when it is noise', () => refused('NONSENSE\r\n\r\n', 400, 'REQUEST_MALFORMED'));
  it('is refused when its method is unknown', () => refused('FETCH / HTTP/1.1\r\nhost: a\r\n\r\n', 400, 'REQUEST_MALFORMED'));
  it('is refused when its header is broken', () => refused('GET / HTTP/1.1\r\nhost: a\r\nbad header\r\n\r\n', 400, 'REQUEST_MALFORMED'));
  it('is refused when it announces two lengths', () => refused('POST /things HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400, 'REQUEST_MALFORMED'));
  it('is refused when its header is too large', () => refused(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'));
  it('is refused when its header does not end in time', () => refused('GET / HTTP/1.1\r\nhost: a\r\n', 408, 'REQUEST_TIMEOUT'));

  it('is no target that Nest would route past its middleware', async () => {
    for (const target of ['*', '*things/t-1', 'things/t-1']) {
      const { status, headers, body } = parseAnswer(await openRaw(app.port, `GET ${target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n`).closed);
      expect([400, 404]).toContain(status);
      const { correlationId } = JSON.parse(body) as { correlationId: string };
      expect(headers['x-correlation-id']).toBe(correlationId);
      expect(await app.logged((line) => line.id === correlationId)).toMatchObject({ status });
    }
  });

  it('is not answered on a connection that was only opened', async () => {
    const before = app.lines.length;
    expect(await openRaw(app.port, '').closed).toBe('');
    expect(app.lines).toHaveLength(before);
  });
});

describe('a body that does not arrive', () => {
  const head = (length: string, id: string) => `POST /things HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n${length}\r\nx-correlation-id: ${id}\r\n\r\n`;

  it('is waited for no longer than the request may take, and answered as that request', async () => {
    const answer = parseAnswer(await openRaw(app.port, `${head('content-length: 20', 'slow-body-01')}{"id"`).closed);
    expect(answer.status).toBe(408);
    expect(answer.headers).toMatchObject({ 'x-correlation-id': 'slow-body-01', connection: 'close', 'content-type': 'application/problem+json; charset=utf-8' });
    expect(await app.logged((line) => line.id === 'slow-body-01')).toMatchObject({ status: 408, code: 'REQUEST_TIMEOUT', route: '/things' });
  });

  it('is refused as that request when its chunks are broken', async () => {
    const answer = parseAnswer(await openRaw(app.port, `${head('transfer-encoding: chunked', 'bad-chunk-01')}zz\r\n`).closed);
    expect(answer.status).toBe(400);
    expect(answer.headers['x-correlation-id']).toBe('bad-chunk-01');
    expect(await app.logged((line) => line.id === 'bad-chunk-01')).toMatchObject({ status: 400, code: 'REQUEST_MALFORMED', route: '/things' });
  });
});

describe('a client that leaves', () => {
  it('ends the work that is done for it, and is counted and logged as 499', async () => {
    const seen = new Promise<RequestContext>((resolve) => (arrived = resolve));
    const connection = openRaw(app.port, 'GET /things/slow/1 HTTP/1.1\r\nhost: a\r\nx-correlation-id: abort-0001\r\n\r\n');
    const context = await seen;
    connection.socket.destroy();
    expect(await app.logged((line) => line.id === 'abort-0001')).toMatchObject({ level: 'warn', status: 499, code: 'CLIENT_CLOSED', aborted: true, route: '/things/slow/:id' });
    expect(context.cancellation.reason).toMatchObject({ code: 'CLIENT_CLOSED' });
    expect(await app.metric('portico_http_requests_aborted_total{method="GET",route="/things/slow/:id"}')).toBe(1);
    expect(await app.metric('portico_http_requests_total{method="GET",route="/things/slow/:id",status_class="4xx"}')).toBe(1);
  });

  it('gets no answer to the request that ran when garbage follows it: it could be taken for the other', async () => {
    const seen = new Promise<RequestContext>((resolve) => (arrived = resolve));
    const connection = openRaw(app.port, 'GET /things/slow/2 HTTP/1.1\r\nhost: a\r\nx-correlation-id: garbage-01\r\n\r\n');
    await seen;
    connection.socket.write('NONSENSE\r\n\r\n');
    expect(await connection.closed).toBe('');
    expect(await app.logged((line) => line.id === 'garbage-01')).toMatchObject({ status: 499 });
  });
});
