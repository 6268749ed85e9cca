import { defineService } from '@portico/backend-client';
import { PorticoError, type Caller } from '@portico/core';
import { ManualClock, settle, type FakeHandler } from '@portico/core/testing';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { Ended, gate, MapCache, rejection, startServices, watchedContext } from '../test/fixtures.js';
import { Aggregator, defineAggregate } from './index.js';

const Thing = Type.Object({ name: Type.String() });
const a = defineService('a').get('/a', { reads: Thing });
const b = defineService('b').get('/b', { reads: Thing });
const c = defineService('c').get('/c', { reads: Thing });
const named = (name: string): FakeHandler => () => ({ name });
const status = (code: number): FakeHandler => (_, response) => void response.writeHead(code).end();
const timeLeft = (headers: Record<string, unknown> | undefined): number => Number(headers?.['portico-timeout-ms']);

/** Answers when a test lets it, and tells when it was asked and when the caller hung up. */
function holding(): { handler: FakeHandler; asked: Promise<void>; hungUp: Promise<void>; answer(value: unknown): void } {
  const asked = gate();
  const hungUp = gate();
  const answer = gate<unknown>();
  const handler: FakeHandler = (_, response) => {
    response.on('close', () => void (response.writableFinished || hungUp.open()));
    asked.open();
    return answer.opened;
  };
  return { handler, asked: asked.opened, hungUp: hungUp.opened, answer: answer.open };
}

describe('the parts of an aggregate', () => {
  const both = defineAggregate('both').required('one', () => a()).required('two', () => b()).into(({ one, two }) => `${one.name} ${two.name}`);

  it('run in parallel', async () => {
    const slow = holding();
    const { client, services } = await startServices({ a: slow.handler, b: named('B') });
    const { context } = watchedContext();
    const answer = both.run(client, undefined, context);
    await slow.asked;
    while (services.b.seen.length === 0) await settle();
    slow.answer({ name: 'A' });
    await expect(answer).resolves.toBe('A B');
    expect(context.degraded).toBeUndefined();
  });

  it('begin when what they need is there, and not before', async () => {
    const first = holding();
    const { client, services } = await startServices({ a: first.handler, b: named('B'), c: named('C') });
    const chain = defineAggregate('chain')
      .required('one', () => a())
      .required('two', ({ one }) => b({ query: { after: one.name } }), { after: ['one'] })
      .required('three', ({ one, two }) => c({ query: { after: [one.name, two.name] } }), { after: ['one', 'two'] })
      .into(({ three }) => three.name);
    const answer = chain.run(client, undefined, watchedContext().context);
    await first.asked;
    await settle();
    expect([services.b.seen.length, services.c.seen.length]).toEqual([0, 0]);
    first.answer({ name: 'A' });
    await expect(answer).resolves.toBe('C');
    expect([services.b.seen[0]?.url, services.c.seen[0]?.url]).toEqual(['/b?after=A', '/c?after=A,B']);
  });

  it('see the input and the caller', async () => {
    const { client, services } = await startServices({ a: named('A') });
    const { context } = watchedContext();
    context.caller = { kind: 'user', id: 'c-ann', clientId: 'web', scopes: new Set(), claims: {}, key: 'user:c-ann' } satisfies Caller;
    const greet = defineAggregate<{ page: number }>('greet').required('one', ({ input, caller }) => a({ query: { page: input.page, who: caller.id } })).into(({ input, one }) => `${one.name} ${input.page}`);
    await expect(new Aggregator(client).run(greet, { page: 2 }, context)).resolves.toBe('A 2');
    expect(services.a.seen[0]?.url).toBe('/a?page=2&who=c-ann');
  });

  it('report how they ended', async () => {
    const telemetry = new Ended();
    const { client } = await startServices({ a: named('A'), b: status(500) });
    const { context } = watchedContext({ telemetry });
    const page = defineAggregate('page')
      .required('good', () => a())
      .optional('bad', () => b())
      .withDefault('replaced', { name: 'D' }, () => b())
      .optional('unwanted', () => a(), { when: () => false })
      .into(() => 1);
    await page.run(client, undefined, context);
    expect(telemetry.results).toEqual({ good: 'ok', bad: 'failed', replaced: 'default', unwanted: 'skipped' });
    expect(telemetry.parts.find(({ part }) => part === 'bad')).toMatchObject({ aggregate: 'page', error: { code: 'SERVICE_ANSWER_INVALID' } });
    expect(telemetry.parts.find(({ part }) => part === 'unwanted')?.error).toBeUndefined();
  });
});

describe('a part that fails', () => {
  it.each<[FakeHandler, string, number]>([
    [status(500), 'SERVICE_ANSWER_INVALID', 502],
    [status(503), 'SERVICE_UNAVAILABLE', 503],
    [status(504), 'SERVICE_TIMEOUT', 504],
    [() => ({ name: 1 }), 'SERVICE_ANSWER_INVALID', 502],
  ])('and is required fails the request with a clear code', async (handler, code, answered) => {
    const { client } = await startServices({ a: handler, b: named('B') });
    const { context } = watchedContext();
    const page = defineAggregate('page').optional('two', () => b()).required('one', () => a()).into(() => 1);
    expect(await rejection(page.run(client, undefined, context))).toMatchObject({ code, status: answered, detail: undefined });
  });

  it('and is required gives the others up at once, and starts no more', async () => {
    const telemetry = new Ended();
    const slow = holding();
    const { client, services } = await startServices({ a: slow.handler, b: async (_, response) => (await slow.asked, void response.writeHead(503).end()), c: named('C') });
    const { context, hanging } = watchedContext({ telemetry });
    const page = defineAggregate('page')
      .optional('slow', () => a())
      .required('fails', () => b())
      .optional('later', () => c(), { after: ['slow'] })
      .into(() => 1);
    expect(await rejection(page.run(client, undefined, context))).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await slow.hungUp;
    expect(services.c.seen).toHaveLength(0);
    expect(telemetry.results).toEqual({ fails: 'failed', slow: 'failed' });
    expect([hanging(), context.cancellation.cancelled]).toEqual([0, false]);
  });

  it('is not held against the services that were given up for it', async () => {
    const slow = holding();
    const settings = { breakerFailures: 1 };
    const { client, services } = await startServices({ a: slow.handler, b: async (_, response) => (await slow.asked, void response.writeHead(504).end()) }, { settings });
    const page = defineAggregate('page').required('slow', () => a()).required('fails', () => b()).into(() => 1);
    await rejection(page.run(client, undefined, watchedContext().context));
    await slow.hungUp;
    expect(client.service('a').instances()[0]).toMatchObject({ active: 0, consecutiveFailures: 0 });
    services.a.handler = named('still in service');
    const alone = defineAggregate('alone').required('slow', () => a()).into(({ slow: part }) => part.name);
    await expect(alone.run(client, undefined, watchedContext().context)).resolves.toBe('still in service');
  });

  it('because its call cannot be made fails like any other', async () => {
    const telemetry = new Ended();
    const { client } = await startServices({ a: named('A') });
    const { context } = watchedContext({ telemetry });
    const broken = (): never => {
      throw new TypeError('cannot read a field of undefined');
    };
    const page = defineAggregate('page').optional('bad', broken).required('good', () => a()).into(({ bad }) => bad.ok);
    await expect(page.run(client, undefined, context)).resolves.toBe(false);
    expect(telemetry.parts.find(({ part }) => part === 'bad')?.error).toBeInstanceOf(TypeError);
    const strict = defineAggregate('strict').required('bad', broken).into(() => 1);
    expect(await rejection(strict.run(client, undefined, context))).toBeInstanceOf(TypeError);
  });

  it('has a default of its own in each request', async () => {
    const { client } = await startServices({ a: status(500) });
    const list = defineService('a').get('/list', { reads: Type.Object({ items: Type.Array(Type.String()) }) });
    const given = { items: ['default'] };
    const page = defineAggregate('page').withDefault('list', given, () => list()).into(({ list: { items } }) => (items.push('changed'), items));
    given.items.push('changed after the definition');
    for (let count = 0; count < 2; count++) await expect(page.run(client, undefined, watchedContext().context)).resolves.toEqual(['default', 'changed']);
  });
});

describe('the deadline of an aggregate', () => {
  it('is shared along a chain, and time that is not used rolls on', async () => {
    const clock = new ManualClock();
    const first = holding();
    const { client, services } = await startServices({ a: first.handler, b: named('B') }, { clock });
    const { context } = watchedContext({ clock, deadlineMs: 1_000 });
    const chain = defineAggregate('chain').required('one', () => a()).required('two', () => b(), { after: ['one'] }).into(() => 1);
    const answer = chain.run(client, undefined, context);
    await first.asked;
    await clock.advance(100);
    first.answer({ name: 'A' });
    await answer;
    expect([timeLeft(services.a.seen[0]?.headers), timeLeft(services.b.seen[0]?.headers)]).toEqual([425, 750]);
  });

  it('gives a part the share that it asks for', async () => {
    const clock = new ManualClock();
    const { client, services } = await startServices({ a: named('A'), b: named('B') }, { clock });
    const page = defineAggregate('page').required('one', () => a(), { share: 0.2 }).required('two', () => b()).into(() => 1);
    await page.run(client, undefined, watchedContext({ clock, deadlineMs: 1_000 }).context);
    expect([timeLeft(services.a.seen[0]?.headers), timeLeft(services.b.seen[0]?.headers)]).toEqual([170, 850]);
  });

  it('is what is left of it, when the request has done something else before', async () => {
    const clock = new ManualClock();
    const { client, services } = await startServices({ a: named('A'), b: named('B') }, { clock });
    const { context } = watchedContext({ clock, deadlineMs: 1_000 });
    const chain = defineAggregate('chain').required('one', () => a()).required('two', () => b(), { after: ['one'] }).into(() => 1);
    await clock.advance(800);
    await chain.run(client, undefined, context);
    expect([timeLeft(services.a.seen[0]?.headers), timeLeft(services.b.seen[0]?.headers)]).toEqual([85, 170]);
  });

  it('of 300 ms is kept with a part that takes 3 s: flagged, and hung up on', async () => {
    const clock = new ManualClock();
    const slow = holding();
    const telemetry = new Ended();
    const { client, services } = await startServices({ a: named('A'), b: slow.handler }, { clock });
    const { context, hanging } = watchedContext({ clock, deadlineMs: 300, telemetry });
    const page = defineAggregate('page').required('one', () => a()).optional('recs', () => b()).into(({ one, recs }) => [one.name, recs]);
    let answeredAt = Infinity;
    const answer = page.run(client, undefined, context).finally(() => (answeredAt = clock.now()));
    await slow.asked;
    while (telemetry.results['one'] !== 'ok') await settle();
    await clock.advance(330);
    expect(answeredAt).toBeLessThanOrEqual(330);
    expect(answeredAt).toBe(255);
    await expect(answer).resolves.toEqual(['A', { ok: false, reason: 'timeout' }]);
    expect(context.degraded).toEqual([{ part: 'recs', reason: 'timeout' }]);
    await slow.hungUp;
    await settle();
    expect(services.b.seen[0]?.aborted).toBe(true);
    expect([clock.pending, hanging()]).toEqual([0, 0]);
  });

  it('that has passed asks nobody', async () => {
    const clock = new ManualClock();
    const { client, services } = await startServices({ a: named('A') }, { clock });
    const { context } = watchedContext({ clock, deadlineMs: 100 });
    await clock.advance(100);
    const page = defineAggregate('page').required('one', () => a()).into(() => 1);
    expect(await rejection(page.run(client, undefined, context))).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    expect(services.a.seen).toHaveLength(0);
  });
});

describe('a client that leaves', () => {
  it('ends every service call, and leaves nothing behind', async () => {
    const clock = new ManualClock();
    const [one, two, three] = [holding(), holding(), holding()];
    const { client, services } = await startServices({ a: one.handler, b: two.handler, c: three.handler }, { clock, cache: new MapCache(clock) });
    const kept = defineService('c').get('/kept', { reads: Thing, keep: { freshMs: 1_000 } });
    const { context, hanging } = watchedContext({ clock });
    const page = defineAggregate('page')
      .required('one', () => a())
      .optional('two', () => b())
      .withDefault('three', { name: 'D' }, () => kept(), { stale: true })
      .optional('task', () => ({ service: 'legacy', run: () => new Promise<string>(() => {}) }))
      .optional('after', () => a(), { after: ['two'] })
      .into(() => 1);
    const failed = rejection(page.run(client, undefined, context));
    await Promise.all([one.asked, two.asked, three.asked]);
    const reason = new PorticoError('CLIENT_CLOSED');
    context.cancellation.cancel(reason);
    expect(await failed).toBe(reason);
    await Promise.all([one.hungUp, two.hungUp, three.hungUp]);
    await settle();
    expect([services.a.seen.length, clock.pending, hanging(), context.degraded]).toEqual([1, 0, 0, undefined]);
  });

  it('before the aggregate begins is asked nothing for', async () => {
    const { client, services } = await startServices({ a: named('A') });
    const { context } = watchedContext();
    const reason = new PorticoError('CLIENT_CLOSED');
    context.cancellation.cancel(reason);
    const page = defineAggregate('page').optional('one', () => a()).into(() => 1);
    expect(await rejection(page.run(client, undefined, context))).toBe(reason);
    expect(services.a.seen).toHaveLength(0);
  });
});

describe('an aggregate that has answered', () => {
  it('leaves no timer and nothing on the request', async () => {
    const clock = new ManualClock();
    const { client } = await startServices({ a: named('A'), b: status(500) }, { clock, cache: new MapCache(clock) });
    const kept = defineService('a').get('/kept', { reads: Thing, keep: { freshMs: 1_000 } });
    const { context, hanging } = watchedContext({ clock });
    const page = defineAggregate('page').required('one', () => a()).optional('two', () => b()).required('three', () => kept(), { after: ['one', 'two'] }).into(() => 1);
    await page.run(client, undefined, context);
    await settle();
    expect([clock.pending, hanging()]).toEqual([0, 0]);
  });

  it('is not changed by its neighbour: each run has parts of its own', async () => {
    const { client } = await startServices({ a: (request) => ({ name: request.url.slice(-1) }) });
    const echo = defineAggregate<number>('echo').required('one', ({ input }) => a({ query: { n: input } })).into(({ one }) => one.name);
    const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => echo.run(client, n, watchedContext().context)));
    expect(answers).toEqual(['1', '2', '3', '4', '5']);
  });
});
