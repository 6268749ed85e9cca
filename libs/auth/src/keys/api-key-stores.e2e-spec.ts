import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock, realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiKeyIssuer } from './api-key-issuer.js';
import type { ApiKeyStore } from './api-key-store.js';
import { FileApiKeyStore } from './file-api-key-store.js';
import { RedisApiKeyStore } from './redis-api-key-store.js';

const plan = realServer('redis');
const partner = { name: 'Acme & Sons', clientId: 'acme' };
const dayMs = 86_400_000;

interface Shared {
  /** Another view of the same keys, as another replica has it. */
  open(): Promise<ApiKeyStore & { close(): void | Promise<void> }>;
  close(): Promise<void>;
}

let clock: ManualClock;

function sharedFile(): Shared {
  const folder = mkdtempSync(join(tmpdir(), 'portico-'));
  return {
    open: async () => new FileApiKeyStore(join(folder, 'keys.json'), { clock, mayBeMissing: true }),
    close: async () => rmSync(folder, { recursive: true }),
  };
}

let server: RealServer | undefined;
let spaces = 0;

async function sharedRedis(): Promise<Shared> {
  const keyPrefix = `keys${++spaces}:`;
  const connections: RedisConnection[] = [];
  return {
    open: async () => {
      const redis = await openRedis(server?.origin ?? '', { keyPrefix });
      connections.push(redis);
      return RedisApiKeyStore.open(redis, { clock });
    },
    close: async () => void (await Promise.all(connections.map((redis) => redis.close()))),
  };
}

const kinds: { kind: string; share: () => Shared | Promise<Shared> }[] = [{ kind: 'a file', share: sharedFile }, ...(plan.absent ? [] : [{ kind: plan.title, share: sharedRedis }])];

describe.each(kinds)('Keys in $kind', ({ share }) => {
  let shared: Shared;
  let store: Awaited<ReturnType<Shared['open']>>;
  let other: Awaited<ReturnType<Shared['open']>> | undefined;
  let issuer: ApiKeyIssuer;

  beforeAll(async () => {
    if (share === sharedRedis) server ??= await plan.start();
  });
  afterAll(async () => {
    await server?.close();
    server = undefined;
  });
  beforeEach(async () => {
    clock = new ManualClock();
    shared = await share();
    store = await shared.open();
    issuer = new ApiKeyIssuer(store, { clock });
  });
  afterEach(async () => {
    await store.close();
    await other?.close();
    other = undefined;
    await shared.close();
  });

  const stateOf = async (from: ApiKeyStore, id: string) => {
    const key = await from.find(id);
    return key === undefined ? 'unknown' : key.revokedAtMs === undefined ? 'good' : 'revoked';
  };

  it('are found by their ids as they were put there', async () => {
    const { record } = await issuer.create({ partner, scopes: ['shop.read'], lifeMs: dayMs });
    expect(await store.find(record.id)).toEqual(record);
    expect(await store.find('nobodyhasthis')).toBeUndefined();
    expect(record).toMatchObject({ slot: 'primary', notBeforeMs: clock.epochMs(), expiresAtMs: clock.epochMs() + dayMs });
  });

  it('are at most two live ones for each partner', async () => {
    const slots = [await issuer.create({ partner }), await issuer.create({ partner })].map(({ record }) => record.slot);
    expect(slots).toEqual(['primary', 'secondary']);
    await expect(issuer.create({ partner })).rejects.toMatchObject({ code: 'STATE_CONFLICT', status: 409 });
    await expect(issuer.create({ partner, slot: 'primary' })).rejects.toMatchObject({ code: 'STATE_CONFLICT' });
    await expect(issuer.create({ partner: { name: 'Else', clientId: 'else' } })).resolves.toBeDefined();
  });

  it('are never three when several are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 8 }, () => issuer.create({ partner })));
    expect(made.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(2);
    expect((await store.list('acme')).length).toBe(made.filter(({ status }) => status === 'fulfilled').length);
  });

  it('make room when one is revoked or has expired', async () => {
    const [first] = [await issuer.create({ partner }), await issuer.create({ partner, lifeMs: 5_000 })];
    await issuer.revoke(first.record.id);
    expect((await issuer.create({ partner })).record.slot).toBe('primary');
    await clock.advance(5_000);
    expect((await issuer.create({ partner })).record.slot).toBe('secondary');
  });

  it('are replaced one at a time, with the same scopes', async () => {
    const [primary, secondary] = [await issuer.create({ partner, scopes: ['a'] }), await issuer.create({ partner, scopes: ['b'] })];
    const replaced = await issuer.rotate('acme', 'primary');
    expect(replaced.record).toMatchObject({ slot: 'primary', scopes: ['a'], partner });
    expect(await Promise.all([primary, secondary, replaced].map(({ record }) => stateOf(store, record.id)))).toEqual(['revoked', 'good', 'good']);
    expect((await store.list('acme')).length).toBe(3);
  });

  it('fill an empty place as the other one is, but not for a stranger', async () => {
    await issuer.create({ partner, scopes: ['a'] });
    expect((await issuer.rotate('acme', 'secondary')).record).toMatchObject({ slot: 'secondary', scopes: ['a'] });
    await expect(issuer.rotate('nobody', 'primary')).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND' });
  });

  it('are revoked for good, and an unknown one not at all', async () => {
    const { record } = await issuer.create({ partner });
    await issuer.revoke(record.id);
    const revokedAtMs = (await store.find(record.id))?.revokedAtMs;
    await clock.advance(1_000);
    await issuer.revoke(record.id);
    expect((await store.find(record.id))?.revokedAtMs).toBe(revokedAtMs);
    await expect(issuer.revoke('nobodyhasthis')).rejects.toMatchObject({ code: 'RESOURCE_NOT_FOUND', status: 404 });
  });

  it('are not stored when they could not be read again', async () => {
    await expect(issuer.create({ partner: { name: 'a\nb', clientId: 'acme' } })).rejects.toThrow('partner.name');
    await expect(issuer.create({ partner, scopes: ['a b'] })).rejects.toThrow('scopes');
    await expect(issuer.create({ partner, lifeMs: NaN })).rejects.toThrow('moment');
    expect(await store.list()).toEqual([]);
  });

  it('that are taken elsewhere are known within 2 s, and so is a revocation', async () => {
    const replica = (other = await shared.open());
    const { record } = await issuer.create({ partner });
    await clock.advance(1_999);
    await expect.poll(() => stateOf(replica, record.id)).toBe('good');
    await issuer.revoke(record.id);
    await clock.advance(1_999);
    await expect.poll(() => stateOf(replica, record.id)).toBe('revoked');
  });

  it('are followed without a timer left behind', async () => {
    other = await shared.open();
    await other.close();
    await store.close();
    expect(clock.pending).toBe(0);
  });
});

describe.skipIf(plan.absent)(`Keys in ${plan.title} that replicas share`, () => {
  let server: RealServer;
  let connections: RedisConnection[];

  beforeAll(async () => void (server = await plan.start()));
  afterAll(() => server.close());
  beforeEach(async () => {
    clock = new ManualClock();
    connections = [await openRedis(server.origin, { keyPrefix: 'b:' }), await openRedis(server.origin, { keyPrefix: 'b:' })];
  });
  afterEach(async () => {
    await connections[0]?.client.flushall().catch(() => undefined);
    await Promise.all(connections.map((redis) => redis.close()));
  });
  const [first, second] = [() => connections[0] as RedisConnection, () => connections[1] as RedisConnection];

  it('are told at once: no clock has to move', async () => {
    const [writer, reader] = [await RedisApiKeyStore.open(first(), { clock }), await RedisApiKeyStore.open(second(), { clock })];
    const { record } = await new ApiKeyIssuer(writer, { clock }).create({ partner });
    await expect.poll(() => reader.find(record.id)?.id).toBe(record.id);
    await Promise.all([writer.close(), reader.close()]);
  });

  it('are noticed by one that is not told', async () => {
    const deaf: RedisConnection = { ...second(), subscribe: async () => async () => {} };
    const [writer, reader] = [await RedisApiKeyStore.open(first(), { clock }), await RedisApiKeyStore.open(deaf, { clock })];
    const { record } = await new ApiKeyIssuer(writer, { clock }).create({ partner });
    expect(reader.find(record.id)).toBeUndefined();
    await clock.advance(1_000);
    await expect.poll(() => reader.find(record.id)?.id).toBe(record.id);
    await Promise.all([writer.close(), reader.close()]);
  });

  it('are refused when they cannot be read, and the others are not', async () => {
    const faults: unknown[] = [];
    const writer = await RedisApiKeyStore.open(first(), { clock });
    const { record } = await new ApiKeyIssuer(writer, { clock }).create({ partner });
    await first().client.hset('{api-keys}:records', 'broken', '{"secretSha256":"planted');
    const reader = await RedisApiKeyStore.open(second(), { clock, onFault: (fault) => faults.push(fault) });
    expect([reader.find(record.id)?.id, reader.find('broken')]).toEqual([record.id, undefined]);
    expect(String(faults)).toContain('no JSON');
    expect(String(faults)).not.toContain('planted');
    await Promise.all([writer.close(), reader.close()]);
  });

  it('are gone everywhere when Redis has lost them, also when as many are made anew', async () => {
    const deaf: RedisConnection = { ...second(), subscribe: async () => async () => {} };
    const [writer, reader] = [await RedisApiKeyStore.open(first(), { clock }), await RedisApiKeyStore.open(deaf, { clock })];
    const issuer = new ApiKeyIssuer(writer, { clock });
    const { record } = await issuer.create({ partner });
    await clock.advance(1_000);
    await expect.poll(() => reader.find(record.id)?.id).toBe(record.id);
    await first().client.flushall();
    const anew = await issuer.create({ partner });
    await clock.advance(1_000);
    await expect.poll(() => [reader.find(record.id), reader.find(anew.record.id)?.id]).toEqual([undefined, anew.record.id]);
    await Promise.all([writer.close(), reader.close()]);
  });

  it('stay known while Redis is away, and are read again when it is back', async () => {
    const faults: unknown[] = [];
    const reader = await RedisApiKeyStore.open(second(), { clock, onFault: (fault) => faults.push(fault) });
    const { record } = await new ApiKeyIssuer(reader, { clock }).create({ partner });
    await server.kill();
    await expect.poll(() => second().client.status).not.toBe('ready');
    await clock.advance(1_000);
    await expect.poll(() => faults.length).toBeGreaterThan(0);
    expect(reader.find(record.id)?.id).toBe(record.id);
    await server.restart();
    await expect.poll(() => second().client.ping().catch(() => 'away'), { timeout: 10_000 }).toBe('PONG');
    await expect.poll(() => first().client.ping().catch(() => 'away'), { timeout: 10_000 }).toBe('PONG');
    const writer = await RedisApiKeyStore.open(first(), { clock });
    await expect(new ApiKeyIssuer(writer, { clock }).create({ partner: { name: 'Else', clientId: 'else' } })).resolves.toBeDefined();
    await clock.advance(2_000);
    await expect.poll(async () => (await reader.list('else')).map(({ id }) => reader.find(id)?.id === id), { timeout: 10_000 }).toEqual([true]);
    await Promise.all([writer.close(), reader.close()]);
  });
});
