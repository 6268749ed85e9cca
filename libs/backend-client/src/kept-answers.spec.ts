import { PorticoError, type RequestContext } from '@portico/core';
import { ManualClock, settle, startFakeService, testContext, type FakeHandler, type FakeService } from '@portico/core/testing';
import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { askOf, callerNamed, clientOf, closing, gate, Heard, MapCache, rejection } from '../test/fixtures.js';
import { defineService, type BackendClient, type Ask } from './index.js';

const shop = defineService('shop');
const Thing = Type.Object({ name: Type.String(), tags: Type.Array(Type.String()) });
const keep = { freshMs: 1_000, staleIfErrorMs: 60_000, by: 'everyone' } as const;
const read = shop.get('/thing', { reads: Thing, keep });
const readMine = shop.get('/thing', { reads: Thing, keep: { freshMs: 1_000 } });

interface Stage {
  readonly clock: ManualClock;
  readonly cache: MapCache;
  readonly heard: Heard;
  readonly service: FakeService;
  readonly client: BackendClient;
  readonly context: (id?: string) => RequestContext;
  readonly ask: (timeMs?: number, id?: string) => Ask;
}

async function stage(handler?: FakeHandler): Promise<Stage> {
  const clock = new ManualClock();
  const cache = new MapCache(clock);
  const heard = new Heard();
  const service: FakeService = closing(await startFakeService(handler ?? (() => ({ name: `answer ${service.seen.length}`, tags: ['a'] }))));
  const client = clientOf(service.origin, {}, { clock, cache, telemetry: heard });
  const context = (id?: string): RequestContext => {
    const made = testContext({ clock });
    if (id !== undefined) made.caller = callerNamed(id);
    return made;
  };
  return { clock, cache, heard, service, client, context, ask: (timeMs = 900, id) => askOf(context(id), timeMs, clock) };
}

const counted = (heard: Heard): string[] => heard.events.map(([, event]) => event);

describe('a kept answer', () => {
  it('is used while it is fresh, and asked for anew after', async () => {
    const { client, ask, clock, service, heard } = await stage();
    await client.run(read(), ask());
    await clock.advance(999);
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 1' });
    await clock.advance(1);
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 2' });
    expect(service.seen).toHaveLength(2);
    expect(counted(heard)).toEqual(['cache-miss', 'cache-hit', 'cache-miss']);
  });

  it('is an object of its own for each reader', async () => {
    const { client, ask } = await stage();
    const [first, second] = await Promise.all([client.run(read(), ask()), client.run(read(), ask())]);
    first.tags.push('changed by a reader');
    expect(second.tags).toEqual(['a']);
    const third = await client.run(read(), ask());
    third.tags.push('changed by another');
    expect((await client.run(read(), ask())).tags).toEqual(['a']);
  });

  it('belongs to its caller unless it is declared for everyone', async () => {
    const { client, ask, service } = await stage();
    await expect(client.run(readMine(), ask(900, 'ann'))).resolves.toMatchObject({ name: 'answer 1' });
    await expect(client.run(readMine(), ask(900, 'bob'))).resolves.toMatchObject({ name: 'answer 2' });
    await expect(client.run(readMine(), ask())).resolves.toMatchObject({ name: 'answer 3' });
    await expect(client.run(readMine(), ask(900, 'ann'))).resolves.toMatchObject({ name: 'answer 1' });
    expect(service.seen).toHaveLength(3);
  });

  it('for everyone is not what the anonymous caller got, nor the other way round', async () => {
    const { client, ask, cache } = await stage();
    await expect(client.run(readMine(), ask())).resolves.toMatchObject({ name: 'answer 1' });
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 2' });
    await expect(client.run(readMine(), ask())).resolves.toMatchObject({ name: 'answer 1' });
    await expect(client.run(read(), ask(900, 'ann'))).resolves.toMatchObject({ name: 'answer 2' });
    expect(cache.kept.size).toBe(2);
  });

  it('is separated by path, query and header fields', async () => {
    const { client, ask, service } = await stage();
    const byPath = shop.get('/things/:id', { reads: Thing, keep });
    const calls = () => [byPath({ params: { id: 'a' } }), byPath({ params: { id: 'b' } }), byPath({ params: { id: 'a' }, query: { page: 2 } }), byPath({ params: { id: 'a' }, headers: { 'accept-language': 'de' } })];
    for (const call of [...calls(), ...calls()]) await client.run(call, ask());
    expect(service.seen).toHaveLength(4);
  });

  it.each<[string, FakeHandler]>([
    ['an error', (_, response) => void response.writeHead(500).end()],
    ['HTML', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>')],
    ['broken JSON', (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{')],
    ['a wrong shape', () => ({ name: 1 })],
  ])('is never %s: the last good one stays', async (_, lie) => {
    const { client, ask, context, clock, service } = await stage();
    await client.run(read(), ask());
    service.handler = lie;
    await clock.advance(5_000);
    await rejection(client.run(read(), ask()));
    expect(await client.stale(read(), context())).toEqual({ value: { name: 'answer 1', tags: ['a'] }, ageMs: 5_000 });
    await rejection(client.run(read(), ask()));
    expect(service.seen).toHaveLength(3);
  });

  it('stands in for a failed call until its age says no', async () => {
    const { client, ask, context, clock } = await stage();
    await client.run(read(), ask());
    await clock.advance(59_999);
    expect(await client.stale(read(), context())).toMatchObject({ ageMs: 59_999 });
    await clock.advance(2);
    expect(await client.stale(read(), context())).toBeUndefined();
  });

  it('of one caller stands in for no other', async () => {
    const { client, ask, context } = await stage();
    await client.run(readMine(), ask(900, 'ann'));
    expect(await client.stale(readMine(), context('bob'))).toBeUndefined();
    expect(await client.stale(readMine(), context())).toBeUndefined();
    expect(await client.stale(readMine(), context('ann'))).toBeDefined();
  });

  it('that cannot be read any more is as good as none', async () => {
    const { client, ask, context, cache, service, clock } = await stage();
    await client.run(read(), ask());
    for (const [key, value] of cache.kept) cache.kept.set(key, { ...value, body: '{"from":"another version"}' });
    expect(await client.stale(read(), context())).toBeUndefined();
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 2' });
    expect(service.seen).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});

describe('a part cache that fails', () => {
  it.each(['rejects', 'throws'] as const)('and %s is a cache that misses', async (fails) => {
    const { client, ask, context, cache, service } = await stage();
    cache.fails = fails;
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 1' });
    await expect(client.run(read(), ask())).resolves.toMatchObject({ name: 'answer 2' });
    expect(await client.stale(read(), context())).toBeUndefined();
    expect(service.seen).toHaveLength(2);
  });

  it('and hangs costs 50 ms, not the request', async () => {
    const { client, ask, cache, clock } = await stage();
    cache.fails = 'hangs';
    const answer = client.run(read(), ask());
    await clock.advance(50);
    await expect(answer).resolves.toMatchObject({ name: 'answer 1' });
    expect(clock.pending).toBe(0);
  });

  it('and hangs does not hold a request that was given up', async () => {
    const { client, ask, cache, clock, service } = await stage();
    cache.fails = 'hangs';
    const asked = ask();
    const failed = rejection(client.run(read(), asked));
    const reason = new PorticoError('CLIENT_CLOSED');
    asked.cancellation.cancel(reason);
    expect(await failed).toBe(reason);
    expect([clock.pending, service.seen.length]).toEqual([0, 0]);
  });
});

describe('requests for the same thing at the same time', () => {
  async function held(): Promise<Stage & { arrived: Promise<void>; answer(value: unknown): void; hungUp: Promise<void> }> {
    const arrived = gate();
    const answer = gate<unknown>();
    const hungUp = gate();
    const made = await stage((_, response) => {
      response.on('close', () => void (response.writableFinished || hungUp.open()));
      arrived.open();
      return answer.opened;
    });
    return { ...made, arrived: arrived.opened, answer: answer.open, hungUp: hungUp.opened };
  }

  const good = { name: 'shared', tags: [] };

  it('share one call', async () => {
    const { client, ask, service, heard, arrived, answer } = await held();
    const all = Array.from({ length: 50 }, () => client.run(read(), ask()));
    await arrived;
    answer(good);
    expect(new Set(await Promise.all(all)).size).toBe(50);
    expect(service.seen).toHaveLength(1);
    expect([heard.count('cache-miss'), heard.count('coalesced')]).toEqual([1, 49]);
  });

  it('share no call when they are for different callers', async () => {
    const { client, ask, service, arrived, answer } = await held();
    const all = [client.run(readMine(), ask(900, 'ann')), client.run(readMine(), ask(900, 'bob'))];
    await arrived;
    answer(good);
    await Promise.all(all);
    expect(service.seen).toHaveLength(2);
  });

  it('go on when the first one leaves', async () => {
    const { client, ask, service, arrived, answer } = await held();
    const leaving = ask();
    const left = rejection(client.run(read(), leaving));
    const staying = client.run(read(), ask());
    await arrived;
    const reason = new PorticoError('CLIENT_CLOSED');
    leaving.cancellation.cancel(reason);
    expect(await left).toBe(reason);
    answer(good);
    await expect(staying).resolves.toEqual(good);
    expect(service.seen).toHaveLength(1);
  });

  it('hang up on the service when the last one leaves, and fail nobody who comes then', async () => {
    const { client, ask, service, arrived, answer, hungUp, clock } = await held();
    const asks = [ask(), ask()];
    const left = asks.map((one) => rejection(client.run(read(), one)));
    await arrived;
    for (const one of asks) one.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    const next = client.run(read(), ask());
    await Promise.all(left);
    await hungUp;
    answer(good);
    await expect(next).resolves.toEqual(good);
    expect(service.seen).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });

  it('each wait no longer than they have time', async () => {
    const { client, ask, arrived, answer, clock } = await held();
    const patient = client.run(read(), ask(900));
    const hastyAsk = ask(300);
    const hasty = rejection(client.run(read(), hastyAsk));
    await arrived;
    await clock.advance(300);
    expect(await hasty).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    // Its request ends later; that must not count it out twice.
    hastyAsk.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    answer(good);
    await expect(patient).resolves.toEqual(good);
    expect(clock.pending).toBe(0);
  });

  it('ask once more when the first one had less time than they have', async () => {
    const { client, ask, service, arrived, clock, heard } = await held();
    const hasty = rejection(client.run(read(), ask(300)));
    const patient = [client.run(read(), ask(900)), client.run(read(), ask(900))];
    await arrived;
    service.handler = () => good;
    await clock.advance(300);
    expect(await hasty).toMatchObject({ code: 'SERVICE_TIMEOUT' });
    await expect(Promise.all(patient)).resolves.toEqual([good, good]);
    expect(service.seen).toHaveLength(2);
    expect(heard.count('coalesced')).toBe(2);
  });

  it('all learn of a failure, and the next one asks again', async () => {
    const { client, ask, service, arrived, answer } = await held();
    const all = [client.run(read(), ask()), client.run(read(), ask()), client.run(read(), ask())].map(rejection);
    await arrived;
    answer({ name: 1 });
    for (const error of await Promise.all(all)) expect(error).toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    service.handler = () => good;
    await expect(client.run(read(), ask())).resolves.toEqual(good);
  });

  it('are judged each by what they read', async () => {
    const { client, ask, arrived, answer } = await held();
    const names = shop.get('/thing', { reads: Type.Object({ name: Type.String() }), keep });
    const failed = rejection(client.run(read(), ask()));
    const fine = client.run(names(), ask());
    await arrived;
    answer({ name: 'no tags' });
    expect(await failed).toMatchObject({ code: 'SERVICE_ANSWER_INVALID' });
    await expect(fine).resolves.toEqual({ name: 'no tags' });
  });

  it('send nothing for one that was given up before', async () => {
    const { client, ask, service } = await stage();
    const asked = ask();
    const reason = new PorticoError('CLIENT_CLOSED');
    asked.cancellation.cancel(reason);
    expect(await rejection(client.run(read(), asked))).toBe(reason);
    await settle();
    expect(service.seen).toHaveLength(0);
  });
});
