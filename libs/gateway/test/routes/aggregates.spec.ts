import { request as ask } from 'node:http';
import { gzipSync } from 'node:zlib';
import { PorticoError } from '@portico/core';
import type { FakeHandler } from '@portico/core/testing';
import { describe, expect, it } from 'vitest';
import { AggregatorType, type AggregatedAnswer, type AggregatedPart, type AnswerAggregator } from '../../src/index.js';
import { answering, startAggregates } from './aggregate-app.js';

const echoUrl: FakeHandler = (request) => ({ url: request.url });
const both = { match: { path: '/both' }, parts: { right: { route: 'b' }, left: { route: 'a' } } };
const two = (a: FakeHandler, b: FakeHandler, more: object = {}) => startAggregates({ services: { a, b }, aggregates: { both: { ...both, ...more } } });

@AggregatorType('join-with-plus')
class JoinWithPlus implements AnswerAggregator {
  aggregate(parts: readonly AggregatedPart[]): AggregatedAnswer {
    if (parts.some(({ body }) => body === 'refuse')) throw new PorticoError('STATE_CONFLICT', { detail: 'no' });
    return { status: 203, headers: { 'content-type': 'text/plain', connection: 'close', 'x-made': 'yes' }, body: parts.map(({ name, status, body }) => `${name}:${status}:${body}`).join('+') };
  }
}

describe('a configured aggregate', () => {
  it('answers with the parts under their keys, in the order of the file, as the services wrote them', async () => {
    const { client } = await two(answering(200, '{"Age" : 19, "id": 9007199254740993}'), answering(200, '[1.0,\n2]'));
    const answer = await client.get('/both');
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([200, 'application/json; charset=utf-8', '{"right":[1.0,\n2],"left":{"Age" : 19, "id": 9007199254740993}}']);
    expect([answer.headers['portico-degraded'], answer.headers['cache-control'], answer.headers['content-length']]).toEqual([undefined, 'no-store', String(answer.text.length)]);
  });

  it('has a span for each part, and under it the attempt at its call, whose place the service is shown', async () => {
    const app = await startAggregates({ services: { a: echoUrl, b: echoUrl }, aggregates: { both }, overrides: { traces: { exporter: 'log', ratio: 1 } } });
    await app.client.get('/both');
    await app.close();
    const spans = app.lines.filter(({ msg }) => msg === 'span');
    const under = (parent: unknown) => spans.filter(({ parentSpanId }) => parentSpanId === parent);
    const [server] = under(undefined);
    const parts = under(server?.['spanId']).sort((one, other) => String(one['span']).localeCompare(String(other['span'])));
    expect([server?.['span'], ...parts.map(({ span }) => span)]).toEqual(['GET /both', 'both.left', 'both.right']);
    for (const [index, { seen }] of [app.services.a, app.services.b].entries()) {
      const [attempt, ...others] = under(parts[index]?.['spanId']);
      expect([attempt?.['span'], others]).toEqual(['GET', []]);
      expect(seen[0]?.headers['traceparent']).toBe(`00-${server?.['traceId'] as string}-${attempt?.['spanId'] as string}-01`);
    }
  });

  it('answers HEAD like GET, without body, and asks its parts with GET', async () => {
    const { client, services } = await two(echoUrl, echoUrl);
    const [whole, head] = [await client.get('/both'), await client.head('/both')];
    expect([head.status, head.headers['content-length']]).toEqual([200, whole.headers['content-length']]);
    expect(services.a.seen.map(({ method }) => method)).toEqual(['GET', 'GET']);
  });

  it('stands in one table with the routes: the more specific one wins, and other methods are refused', async () => {
    const { client } = await startAggregates({
      services: { a: echoUrl },
      routes: { rest: { match: { path: '/x/{rest*}' }, to: { service: 'a' } }, exact: { match: { path: '/x/special' }, to: { service: 'a' } } },
      aggregates: { page: { match: { path: '/x/{id}' }, parts: { it: { route: 'a' } } } },
    });
    expect([(await client.get('/x/special')).body, (await client.get('/x/1')).body, (await client.get('/x/1/2')).body]).toEqual([{ url: '/x/special' }, { it: { url: '/a' } }, { url: '/x/1/2' }]);
    const wrong = await (await two(echoUrl, echoUrl)).client.post('/both');
    expect([wrong.status, wrong.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    ['an empty body', answering(200), 'null'],
    ['a 204', answering(204), 'null'],
    ['a byte order mark', answering(200, '\uFEFF{"a":1}'), '{"a":1}'],
    ['a compressed body', ((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}'))) as FakeHandler, '{"a":1}'],
    ['JSON under another type', answering(200, '"d"'), '"d"'],
  ])('is valid JSON with %s', async (_, handler, expected) => {
    const { client } = await two(handler, answering(200, '{}'));
    const answer = await client.get('/both');
    expect([answer.text, answer.headers['portico-degraded']]).toEqual([`{"right":{},"left":${expected}}`, undefined]);
  });

  it.each<[string, FakeHandler, string]>([
    ['no JSON', answering(200, 'hello'), 'invalid'],
    ['broken JSON', answering(200, '{"a":', 'application/json'), 'invalid'],
    ['broken UTF-8', (_, response) => void response.end(Buffer.from([0x22, 0xff, 0x22])), 'invalid'],
    ['an unknown encoding', (_, response) => void response.writeHead(200, { 'content-encoding': 'odd' }).end('{}'), 'invalid'],
    ['a status of failure', answering(404, '{"secret":1}'), 'invalid'],
    ['a redirection', answering(302, '{}'), 'invalid'],
    ['503', answering(503), 'unavailable'],
    ['504', answering(504), 'timeout'],
    ['half an answer', (_, response) => void (response.writeHead(200, { 'content-length': '9' }).write('{"a'), setImmediate(() => response.destroy())), 'invalid'],
    ['too many bytes', (_, response) => void response.writeHead(200).end(`"${'x'.repeat(200_000)}"`), 'invalid'],
  ])('has null where an optional part brings %s, says so, and may not be kept', async (_, handler, reason) => {
    const { client } = await two(handler, answering(200, '1'), { maxPartBytes: 100_000 });
    const answer = await client.get('/both');
    expect([answer.status, answer.text, answer.headers['portico-degraded'], answer.headers['cache-control']]).toEqual([200, '{"right":1,"left":null}', `left;reason=${reason}`, 'no-store']);
  });

  it('inserts a body whatever its status where the part says so, and a text as a JSON string', async () => {
    const parts = { one: { route: 'a', as: 'the "first"', anyStatus: true }, two: { route: 'b', anyStatus: true } };
    const { client, services } = await two(answering(404, '{"code":"gone"}'), answering(500, 'it "broke"\n'), { parts });
    expect((await client.get('/both')).text).toBe('{"the \\"first\\"":{"code":"gone"},"two":"it \\"broke\\"\\n"}');
    services.b.handler = answering(200, '\u0000', 'application/octet-stream');
    const answer = await client.get('/both');
    expect([answer.body.two, answer.headers['portico-degraded']]).toEqual([null, 'two;reason=invalid']);
  });

  it('gives its parts what its match has caught, and values from texts and from other parts, whatever stands first', async () => {
    const { client, services } = await startAggregates({
      services: { orders: () => ({ customerId: 'c/1', 'odd name': [{ n: 7 }] }), customers: echoUrl },
      routes: {
        order: { match: { path: '/o/{id}', query: { lang: '{lang}' } }, to: { service: 'orders', path: '/orders/{id}?lang={lang}' } },
        customer: { match: { path: '/c/{id}' }, to: { service: 'customers', path: '/customers/{id}' } },
      },
      aggregates: {
        page: {
          match: { path: '/page/{id}', query: { lang: '{lang}' } },
          parts: { customer: { route: 'customer', with: { id: '$.order.customerId', first: "$.order['odd name'][0].n", from: 'page {id}' } }, order: { route: 'order', required: true } },
        },
      },
    });
    const { text } = await client.get('/page/7?lang=de&first=mine&x=1');
    expect(text).toBe('{"customer":{"url":"/customers/c%2F1?lang=de&x=1&first=7&from=page%207"},"order":{"customerId":"c/1","odd name":[{"n":7}]}}');
    expect(services.orders.seen[0]?.url).toBe('/orders/7?lang=de&first=mine&x=1');
    expect((await client.get('/page/%2E%2E?lang=de')).status).toBe(400);
  });

  it('sends its parts the fields of the client, as its own policies and those sections of the routes change them', async () => {
    const { client, services } = await startAggregates({
      services: { a: () => 1, b: () => 2 },
      routes: { b: { match: { path: '/b/{id}' }, to: { service: 'b', path: '/b/{id}' }, headers: { request: [{ set: { 'x-key': 'secret {id}' } }] } } },
      aggregates: { both: { ...both, match: { path: '/both/{id}' }, headers: { request: [{ set: { 'x-all': '{id}' } }], response: [{ set: { 'x-out': 'yes' } }] } } },
    });
    const answer = await client.get('/both/5').set({ 'x-mine': '1', range: 'bytes=0-1', 'if-none-match': '"x"', 'accept-encoding': 'br', 'portico-user': 'root' });
    expect([answer.status, answer.headers['x-out']]).toEqual([200, 'yes']);
    const [a, b] = [services.a.seen[0]?.headers, services.b.seen[0]?.headers];
    expect([a?.['x-mine'], a?.['x-all'], a?.['x-key'], b?.['x-all'], b?.['x-key'], a?.['x-correlation-id'], a?.['x-forwarded-for']]).toEqual(['1', '5', undefined, '5', 'secret 5', answer.headers['x-correlation-id'], '127.0.0.1']);
    for (const name of ['range', 'if-none-match', 'accept-encoding', 'portico-user']) expect(a?.[name]).toBeUndefined();
  });

  it("sends the client's credentials to those parts only whose routes pass them on, and those of a policy to all", async () => {
    const start = (more: object) =>
      startAggregates({
        services: { a: () => 1, b: () => 2 },
        routes: { b: { match: { path: '/b' }, to: { service: 'b', credentials: 'pass' } } },
        aggregates: { both: { ...both, ...more } },
      });
    const sent = async (more: object) => {
      const { client, services } = await start(more);
      await client.get('/both').set({ authorization: 'Basic eDp5', cookie: 'sid=1' });
      return [services.a, services.b].map(({ seen }) => [seen[0]?.headers.authorization, seen[0]?.headers.cookie]);
    };
    expect(await sent({})).toEqual([[undefined, undefined], ['Basic eDp5', 'sid=1']]);
    expect(await sent({ headers: { request: [{ set: { authorization: 'Basic own' } }] } })).toEqual([['Basic own', undefined], ['Basic own', 'sid=1']]);
    expect(await sent({ parts: { left: { route: 'a' } } })).toEqual([[undefined, undefined], [undefined, undefined]]);
  });

  it('sends the body of the request only to parts that ask for it', async () => {
    const echo: FakeHandler = (request) => ({ method: request.method, body: request.body, type: request.headers['content-type'] ?? null });
    const { client } = await two(echo, echo, { match: { path: '/both', methods: ['POST'] }, maxBodyBytes: 10, parts: { with: { route: 'a', body: true }, without: { route: 'b' } } });
    const answer = await client.post('/both').send({ id: 1 });
    expect(answer.body).toEqual({ with: { method: 'POST', body: '{"id":1}', type: 'application/json' }, without: { method: 'GET', body: '', type: null } });
    expect((await client.post('/both').send({ id: 'too much' })).body).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
  });

  it.each([
    [answering(500), 502, 'SERVICE_ANSWER_INVALID'],
    [answering(429), 503, 'SERVICE_UNAVAILABLE'],
    [answering(504), 504, 'SERVICE_TIMEOUT'],
    [answering(200, 'no JSON'), 502, 'SERVICE_ANSWER_INVALID'],
    [answering(404), 404, 'RESOURCE_NOT_FOUND'],
    [(() => undefined) as FakeHandler, 504, 'SERVICE_TIMEOUT'],
  ])('fails by a required part: %#', async (handler, status, code) => {
    const late: FakeHandler = handler.length === 0 ? () => new Promise(() => {}) : handler;
    const { client } = await two(late, answering(200, '1'), { timeoutMs: 200, parts: { left: { route: 'a', required: true, refusals: { 404: 'RESOURCE_NOT_FOUND' } }, right: { route: 'b' } } });
    const answer = await client.get('/both');
    expect([answer.status, answer.body.code, answer.headers['retry-after'] !== undefined]).toEqual([status, code, status === 503]);
  });

  it('answers in time with what is there when a part does not end, in its head or in its body', async () => {
    const { client, services } = await two(() => new Promise(() => {}), (_, response) => void response.writeHead(200).write('{'), { timeoutMs: 300 });
    const answer = await client.get('/both');
    expect([answer.text, answer.headers['portico-degraded']?.split(', ').sort()]).toEqual(['{"right":null,"left":null}', ['left;reason=timeout', 'right;reason=timeout']]);
    for (const service of [services.a, services.b]) await expect.poll(() => service.seen[0]?.aborted).toBe(true);
  });

  it('gives every call up when the client leaves, the bodies under way too', async () => {
    const { port, services } = await two(() => new Promise(() => {}), (_, response) => void response.writeHead(200).write('{'));
    const request = ask({ port, path: '/both', agent: false }).on('error', () => {});
    request.end();
    await expect.poll(() => services.a.seen.length + services.b.seen.length).toBe(2);
    request.destroy();
    for (const service of [services.a, services.b]) await expect.poll(() => service.seen[0]?.aborted).toBe(true);
  });

  it('runs the backend section of its routes, which keeps their answers', async () => {
    const { client, services } = await startAggregates({
      services: { a: echoUrl },
      routes: { a: { match: { path: '/a' }, to: { service: 'a' }, cache: { ttlMs: 60_000 } } },
      aggregates: { page: { match: { path: '/page' }, parts: { a: { route: 'a' } } } },
    });
    expect([(await client.get('/page')).text, (await client.get('/page')).text, services.a.seen.length]).toEqual(['{"a":{"url":"/a"}}', '{"a":{"url":"/a"}}', 1]);
  });

  it('holds callers to its own access, limits and claims', async () => {
    const { client } = await two(echoUrl, echoUrl, { access: { scopes: ['shop.read'] } });
    expect((await client.get('/both')).status).toBe(401);
    const limited = await two(echoUrl, echoUrl, { rateLimit: { limit: 1, windowMs: 60_000, by: 'route' } });
    expect([(await limited.client.get('/both')).status, (await limited.client.get('/both')).status]).toEqual([200, 429]);
  });

  it("holds a part to its route's claims with the values of the part, and puts them where the route does", async () => {
    const { client, services } = await startAggregates({
      caller: { claims: { sub: 'c-ann' } },
      services: { orders: () => ({ owner: 'c-bob' }), customers: echoUrl },
      routes: {
        customer: { match: { path: '/customers/{id}' }, to: { service: 'customers' }, access: {}, claims: { require: { sub: ['{id}'] }, toHeaders: { 'x-user': 'sub' } } },
        mine: { match: { path: '/mine/{id}' }, to: { service: 'customers', path: '/of/{id}' }, access: {}, claims: { toPath: { id: 'sub' }, toQuery: { for: 'sub' } } },
      },
      aggregates: {
        page: { match: { path: '/page/{id}' }, access: {}, parts: { order: { route: 'orders' }, own: { route: 'customer' }, mine: { route: 'mine' }, owner: { route: 'customer', with: { id: '$.order.owner' } } } },
      },
    });
    const answer = await client.get('/page/c-ann');
    expect([answer.body.own, answer.body.owner, answer.headers['portico-degraded']]).toEqual([{ url: '/customers/c-ann' }, null, 'owner;reason=refused']);
    const another = await client.get('/page/c-bob');
    expect([another.body.own, another.body.mine]).toEqual([null, { url: '/of/c-ann?for=c-ann' }]);
    expect(services.customers.seen[0]?.headers['x-user']).toBe('c-ann');
  });

  it('lets a class of the team make the answer of every status and body', async () => {
    const parts = { left: { route: 'a', anyStatus: true }, right: { route: 'b' } };
    const { client, services } = await startAggregates({ services: { a: answering(404, 'L'), b: answering(500, 'R') }, aggregates: { both: { match: { path: '/both' }, parts, aggregator: 'join-with-plus' } }, aggregators: [JoinWithPlus] });
    const answer = await client.get('/both');
    expect([answer.status, answer.text, answer.headers['content-type'], answer.headers['x-made'], answer.headers['portico-degraded'], answer.headers['cache-control']]).toEqual([203, 'left:404:L+right:0:', 'text/plain', 'yes', 'right;reason=invalid', 'no-store']);
    services.a.handler = answering(200, 'refuse');
    expect((await client.get('/both')).body).toMatchObject({ status: 409, detail: 'no' });
  });

  it('is logged and counted under its name, and its parts under theirs', async () => {
    const { client, logged, metric } = await two(answering(500), answering(200, '1'));
    await client.get('/both');
    expect(await logged(({ msg }) => msg === 'request')).toMatchObject({ route: '/both', status: 200 });
    expect(await metric('portico_parts_total{aggregate="both",part="left",result="failed"}')).toBe(1);
  });
});
