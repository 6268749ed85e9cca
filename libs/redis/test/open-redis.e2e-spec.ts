import { realServer, type RealServer } from '@portico/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRedis, type RedisConnection } from '../src/index.js';

const plan = realServer('redis');

describe.skipIf(plan.absent)(`a connection to ${plan.title}`, () => {
  let server: RealServer;
  let redis: RedisConnection;

  beforeAll(async () => {
    server = await plan.start();
    redis = await openRedis(server.origin, { keyPrefix: 'test:' });
  });

  afterAll(async () => {
    await redis?.close();
    await server?.close();
  });

  it('puts its prefix before every key, in scripts too', async () => {
    const plain = await openRedis(server.origin, { keyPrefix: '' });
    await redis.client.set('a', '1');
    const add = redis.script('return redis.call("INCRBY", KEYS[1], ARGV[1])');
    expect(await add(['a'], [4])).toBe(5);
    expect(await plain.client.get('test:a')).toBe('5');
    await plain.close();
  });

  it('hears what others say on a channel, until it stops listening', async () => {
    const other = await openRedis(server.origin, { keyPrefix: 'test:' });
    const heard: string[] = [];
    const stop = await redis.subscribe('news', (message) => heard.push(message.toString()));
    await other.publish('news', 'one');
    await expect.poll(() => heard).toEqual(['one']);
    await stop();
    const again: string[] = [];
    const stopAgain = await redis.subscribe('news', (message) => again.push(message.toString()));
    await other.publish('news', 'two');
    await expect.poll(() => again).toEqual(['two']);
    expect(heard).toEqual(['one']);
    await stopAgain();
    await other.close();
  });

  it('refuses commands at once while Redis is away, and goes on when it is back', async () => {
    const errors: Error[] = [];
    const connection = await openRedis(server.origin, { keyPrefix: 'test:', onError: (error) => errors.push(error) });
    const heard: string[] = [];
    let ready = 0;
    await connection.subscribe('after', (message) => heard.push(message.toString()), () => ready++);
    await connection.client.set('kept', 'yes');
    await server.kill();
    await expect.poll(() => connection.client.status).not.toBe('ready');
    await expect(connection.client.get('kept')).rejects.toThrow();
    await expect.poll(() => errors.length, { timeout: 10_000 }).toBeGreaterThan(0);
    await server.restart();
    await expect.poll(async () => connection.client.get('kept').catch(() => 'away'), { timeout: 10_000 }).toBe('yes');
    await expect.poll(() => ready, { timeout: 10_000 }).toBe(2);
    await connection.publish('after', 'back');
    await expect.poll(() => heard).toEqual(['back']);
    await connection.close();
  });

  it('does not open where nobody answers', async () => {
    await expect(openRedis('redis://127.0.0.1:1', { timeoutMs: 500 })).rejects.toThrow();
  });
});
