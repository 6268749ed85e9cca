import { Controller, Get } from '@nestjs/common';
import { authorize, Public, Scopes } from '@portico/auth';
import { answerCache, CacheFor, conditional } from '@portico/caching';
import { PorticoError, type Caller, type Policy, type RequestContext } from '@portico/core';
import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AnswerWithin, Context, degradedHeader, View } from '../src/index.js';
import { openRaw } from './raw-client.js';
import { startApp, type TestApp } from './start-app.js';

const Thing = defineViewModel('Thing', Type.Object({ id: Type.String() }));
let reads = 0;
let latest: RequestContext;

@Controller('things')
@Public()
class ThingsController {
  @Get('plain')
  @View(Thing)
  plain(@Context() context: RequestContext) {
    latest = context;
    return { id: context.caller.id };
  }

  @Get('degraded')
  @View(Thing)
  degraded(@Context() context: RequestContext) {
    context.degrade('reviews', 'timeout');
    context.degrade('prices', 'stale');
    return { id: '1' };
  }

  @Get('hurried')
  @AnswerWithin(500)
  @View(Thing)
  hurried(@Context() context: RequestContext) {
    return { id: String(context.deadline.totalMs) };
  }

  @Get('kept')
  @CacheFor({ maxAgeMs: 60_000 })
  @View(Thing)
  kept(@Context() context: RequestContext) {
    reads++;
    return { id: `${context.caller.id}-${reads}` };
  }

  @Get('closed')
  @Scopes('things.read')
  @View(Thing)
  closed() {
    return { id: 'closed' };
  }
}

const order: string[] = [];
const note = (name: string, wait = false): Policy => ({
  name,
  compile: () => ({
    inbound: () => (wait ? Promise.resolve().then(() => void order.push(`${name} in`)) : void order.push(`${name} in`)),
    outbound: () => (wait ? Promise.resolve().then(() => void order.push(`${name} out`)) : void order.push(`${name} out`)),
    onError: () => void order.push(`${name} error`),
  }),
});

/** Takes the word of a header for who calls: these tests are about what comes after. */
const named: Policy = {
  name: 'named',
  compile: () => ({
    inbound: (context) => {
      const [id, ...scopes] = (context.header('x-caller') ?? '').split(' ');
      if (id) context.caller = { kind: 'user', id, clientId: 'spec', scopes: new Set(scopes), claims: {}, key: id } satisfies Caller;
    },
  }),
};

const gatekeeper: Policy = {
  name: 'gatekeeper',
  compile: () => ({
    inbound: (context) => {
      if (context.header('x-refuse') === 'now') throw new PorticoError('TOKEN_MISSING', { headers: { 'www-authenticate': 'Bearer' } });
      if (context.header('x-refuse') === 'later') return Promise.reject(new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': '5' } }));
      if (context.header('x-ready')) context.ready = { status: 203, headers: { 'content-type': 'text/plain', 'x-from': 'policy' }, body: 'ready' };
      if (context.header('x-noted')) context.setAnswerHeader('x-noted', 'by policy');
      return undefined;
    },
    outbound: (context) => {
      if (context.header('x-out') === 'now') throw new Error('secret');
      return context.header('x-out') === 'later' ? Promise.reject(new PorticoError('STATE_CONFLICT')) : undefined;
    },
  }),
};

let app: TestApp;
beforeAll(async () => {
  app = await startApp({ controllers: [ThingsController], policies: [note('first'), note('second', true), named, gatekeeper, authorize(), answerCache(), conditional(), note('last')] });
});
afterAll(() => app.close());
beforeEach(() => void (order.length = 0));

describe('the pipeline', () => {
  it('runs its policies in order, inbound and outbound, whether they wait or not', async () => {
    await app.client.get('/things/plain').expect(200);
    expect(order).toEqual(['first in', 'second in', 'last in', 'first out', 'second out', 'last out']);
  });

  it('begins when everything has been read that came in the same tick', async () => {
    const server = app.gateway.app.getHttpServer();
    const read = (): void => void order.push('read');
    server.on('request', read);
    const { socket } = openRaw(app.port, ['pipelined-1', 'pipelined-2'].map((id) => `GET /things/plain HTTP/1.1\r\nhost: x\r\nx-correlation-id: ${id}\r\n\r\n`).join(''));
    await Promise.all(['pipelined-1', 'pipelined-2'].map((wanted) => app.logged(({ id }) => id === wanted)));
    socket.destroy();
    server.off('request', read);
    expect(order.slice(0, 4)).toEqual(['read', 'read', 'first in', 'first in']);
  });

  it.each(['/nowhere', '/things/plain/more'])('sees a request for %s, which nothing answers', async (path) => {
    await app.client.get(path).expect(404);
    expect(order).toEqual(['first in', 'second in', 'last in', 'first error', 'second error', 'last error']);
  });

  it('sees health checks too: a policy decides for itself what it has to do there', async () => {
    await app.client.get('/health/live').expect(200);
    expect(order).toContain('first in');
  });

  it.each([
    ['at once', 'now', 401, 'TOKEN_MISSING', { 'www-authenticate': 'Bearer' }],
    ['after waiting', 'later', 429, 'LIMIT_EXCEEDED', { 'retry-after': '5' }],
  ])('refuses %s, runs nothing behind it, and lets nobody keep the refusal', async (_when, refuse, status, code, headers) => {
    const answer = await app.client.get('/things/plain').set('x-refuse', refuse).expect(status);
    expect(answer.body.code).toBe(code);
    expect(answer.headers).toMatchObject({ ...headers, 'cache-control': 'no-store' });
    expect(order).toEqual(['first in', 'second in', 'first error', 'second error', 'last error']);
  });

  it('answers with what a policy has ready, without asking the operation', async () => {
    const { text, headers } = await app.client.get('/things/plain').set('x-ready', 'yes').expect(203);
    expect(text).toBe('ready');
    expect(headers['x-from']).toBe('policy');
    expect(headers['x-correlation-id']).toBeDefined();
  });

  it.each([
    ['an answer', '/things/plain', 200],
    ['a problem', '/nowhere', 404],
  ])('adds the header fields of policies to %s', async (_what, path, status) => {
    const { headers } = await app.client.get(path).set('x-noted', 'yes').expect(status);
    expect(headers['x-noted']).toBe('by policy');
  });

  it.each([
    ['at once', 'now', 500, 'INTERNAL'],
    ['after waiting', 'later', 409, 'STATE_CONFLICT'],
  ])('answers with a problem when an outbound policy fails %s', async (_when, out, status, code) => {
    const { body, text } = await app.client.get('/things/plain').set('x-out', out).expect(status);
    expect(body.code).toBe(code);
    expect(text).not.toContain('secret');
  });
});

describe('access', () => {
  it('is decided by what the operation declares', async () => {
    expect((await app.client.get('/things/closed').expect(401)).body.code).toBe('TOKEN_MISSING');
    expect((await app.client.get('/things/closed').set('x-caller', 'ann').expect(403)).headers['www-authenticate']).toContain('scope="things.read"');
    await app.client.get('/things/closed').set('x-caller', 'ann things.read').expect(200);
  });
});

describe('a degraded answer', () => {
  it('says so as a structured list: part and reason', async () => {
    const { headers } = await app.client.get('/things/degraded').expect(200);
    expect(headers[degradedHeader]).toBe('reviews;reason=timeout, prices;reason=stale');
    // RFC 9651: a list of tokens, each with one parameter that is a token.
    expect(headers[degradedHeader]).toMatch(/^[A-Za-z*][\w:/!#$%&'*+.^`|~-]*;reason=[a-z]+(, [A-Za-z*][\w-]*;reason=[a-z]+)*$/);
  });

  it('is not announced when nothing is missing', async () => {
    expect((await app.client.get('/things/plain').expect(200)).headers[degradedHeader]).toBeUndefined();
  });
});

describe('a correlation id', () => {
  it('is taken from the client when it is well formed', async () => {
    expect((await app.client.get('/things/plain').set('x-correlation-id', 'client-id-1234')).headers['x-correlation-id']).toBe('client-id-1234');
  });

  it.each(['short', 'with blank inside', 'x'.repeat(129), '<script>alert</script>', 'a'.repeat(8) + ';b=c'])('is made anew instead of "%s"', async (id) => {
    const { headers } = await app.client.get('/things/plain').set('x-correlation-id', id);
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a deadline', () => {
  const total = async (path: string, asked?: string) => {
    await app.client.get(path).set(asked === undefined ? {} : { 'portico-timeout-ms': asked });
    return latest.deadline.totalMs;
  };

  it('is that of the configuration, or of the operation', async () => {
    expect(await total('/things/plain')).toBe(2_000);
    await app.client.get('/things/hurried').expect(200, '{"id":"500"}');
  });

  it('is shortened by the client, and never lengthened', async () => {
    expect(await total('/things/plain', '400')).toBe(400);
    expect(await total('/things/plain', '60000')).toBe(2_000);
    await app.client.get('/things/hurried').set('portico-timeout-ms', '900').expect(200, '{"id":"500"}');
  });

  it('is never so short that a client could make healthy services look slow', async () => {
    expect(await total('/things/plain', '1')).toBe(250);
    expect(await total('/things/plain', '0')).toBe(250);
  });

  it.each(['-1', 'soon', '1e9', '10.5', '99999999999', ''])('is not changed by "%s"', async (asked) => {
    expect(await total('/things/plain', asked)).toBe(2_000);
  });
});

describe('an answer that is kept', () => {
  it('is read once for each caller, and never handed to another', async () => {
    reads = 0;
    const read = async (caller: string) => (await app.client.get('/things/kept').set('x-caller', caller).expect(200)).body.id as string;
    expect([await read('ann'), await read('ann'), await read('bob'), await read('bob'), await read('ann')]).toEqual(['ann-1', 'ann-1', 'bob-2', 'bob-2', 'ann-1']);
    expect(reads).toBe(2);
  });

  it('is told by its tag, and not sent again to whom has it', async () => {
    const first = await app.client.get('/things/kept').set('x-caller', 'eve').expect(200);
    const tag = first.headers.etag as string;
    const again = await app.client.get('/things/kept').set('x-caller', 'eve').set('if-none-match', tag).expect(304);
    expect(again.text).toBe('');
    expect(again.headers).toMatchObject({ etag: tag });
    expect(again.headers['content-type']).toBeUndefined();
    await app.client.get('/things/kept').set('x-caller', 'ann').set('if-none-match', tag).expect(200);
  });

  it('has a tag even where it is not kept', async () => {
    const { headers } = await app.client.get('/things/plain').set('x-caller', 'ann').expect(200);
    await app.client.get('/things/plain').set('x-caller', 'ann').set('if-none-match', headers.etag as string).expect(304);
    await app.client.get('/things/plain').set('x-caller', 'bob').set('if-none-match', headers.etag as string).expect(200);
  });
});
