import { systemClock } from '@portico/core';
import { realServer, type RealServer } from '@portico/core/testing';
import { openRedis, type RedisConnection } from '@portico/redis';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { jsonHubProtocol, messagePackHubProtocol, RedisBackplane, type HubConnection } from '../../src/index.js';
import { FakeChannel } from '../hub/fake-channel.js';
import { completion } from '../hub/test-client.js';
import { testHub } from '../hub/test-hub.js';

const plan = realServer('redis');
const sent = (target: string, ...args: unknown[]): object => ({ type: 1, target, arguments: args });

describe.skipIf(plan.absent)(`replicas of a hub with ${plan.title}`, () => {
  let server: RealServer;
  beforeAll(async () => {
    server = await plan.start();
  });
  afterAll(() => server?.close());

  /** A replica with a connection to Redis of its own, as another process would have. */
  async function startReplica(node?: string) {
    const redis: RedisConnection = await openRedis(server.origin);
    const faults: unknown[] = [];
    const backplane = await RedisBackplane.open(redis, { hub: 'test', node, clock: systemClock, protocols: [jsonHubProtocol, messagePackHubProtocol], requestTimeoutMs: 500, onError: (error) => faults.push(error) });
    const connections: HubConnection[] = [];
    const replica = testHub({ backplane, connected: (connection) => void connections.push(connection) });
    onTestFinished(async () => {
      await backplane.close();
      await redis.close();
      expect(faults).toEqual([]);
    });
    return {
      ...replica,
      redis,
      backplane,
      /** A client that the hub knows. */
      enter: async (user?: string) => {
        const client = replica.connect(user);
        await expect.poll(() => connections.some(({ id }) => id === client.id)).toBe(true);
        return { client, connection: connections.find(({ id }) => id === client.id) as HubConnection, heard: [] as unknown[] };
      },
    };
  }

  const startTwo = () => Promise.all([startReplica('one'), startReplica('two')]);
  type Entered = Awaited<ReturnType<Awaited<ReturnType<typeof startReplica>>['enter']>>;
  const hear = (entered: Entered): unknown[] => (entered.heard.push(...entered.client.hear()), entered.heard);

  it('bring what one of them sends to the clients of all, each once: to all, to groups, to users, to one, and not to those left out', async () => {
    const [here, there] = await startTwo();
    const [ann, annToo, ben] = await Promise.all([here.enter('ann'), there.enter('ann'), there.enter('ben')]);
    await ben.connection.join('a');
    await ann.connection.join('a');
    here.hub.clients.all.send('1', { at: 'all' });
    here.hub.clients.user('ann').send('2');
    here.hub.clients.group('a', [ann.client.id]).send('3');
    here.hub.clients.connection(annToo.client.id).send('4');
    here.hub.clients.allExcept([annToo.client.id]).send('5');
    here.hub.clients.all.send('end');
    await expect.poll(() => [ann, annToo, ben].map((each) => hear(each).length)).toEqual([4, 4, 4]);
    expect(ann.heard).toEqual([sent('1', { at: 'all' }), sent('2'), sent('5'), sent('end')]);
    expect(annToo.heard).toEqual([sent('1', { at: 'all' }), sent('2'), sent('4'), sent('end')]);
    expect(ben.heard).toEqual([sent('1', { at: 'all' }), sent('3'), sent('5'), sent('end')]);
  });

  it('send records of both protocols, and keep the order of what one of them sends', async () => {
    const [here, there] = await startTwo();
    const json = await there.enter();
    const binary = there.open(undefined, new FakeChannel());
    binary.say({ protocol: 'messagepack', version: 1 });
    for (let number = 0; number < 2_000; number++) here.hub.clients.all.send('count', number, new Uint8Array([number % 256]));
    await expect.poll(() => hear(json).length, { timeout: 10_000 }).toBe(2_000);
    expect(json.heard.map((message) => (message as { arguments: unknown[] }).arguments[0])).toEqual(Array.from({ length: 2_000 }, (_, number) => number));
    const records = binary.channel.sent.slice(1);
    expect(records.length).toBe(2_000);
    expect(records[7]).toEqual(messagePackHubProtocol.write({ type: 1, target: 'count', arguments: [7, new Uint8Array([7])] }));
  });

  it('put connections of each other into groups and take them out, and say whether they were there', async () => {
    const [here, there] = await startTwo();
    const [ann, ben] = await Promise.all([there.enter('ann'), there.enter('ben')]);
    const { clients } = here.hub;
    expect(await clients.connection(ann.client.id).join('a')).toBe(true);
    expect(await clients.user('ben').join('a')).toBe(true);
    await expect.poll(() => there.hub.clients.group('a', [ann.client.id]).exists()).toBe(true);
    clients.group('a').send('1');
    expect(await clients.connection(ann.client.id).leave()).toBe(true);
    clients.group('a').send('2');
    await expect.poll(() => [hear(ann).length, hear(ben).length]).toEqual([1, 2]);
    expect(await Promise.all(['two.unknown', 'three.unknown', 'unknown'].map((id) => clients.connection(id).join('a')))).toEqual([false, false, false]);
  });

  it('know whether a connection, a user or a group is at any of them', async () => {
    const [here, there] = await startTwo();
    const ann = await there.enter('ann');
    await ann.connection.join('a');
    const { clients } = here.hub;
    const exist = (): Promise<boolean[]> => Promise.all([clients.connection(ann.client.id), clients.user('ann'), clients.group('a'), clients.connection('two.x'), clients.connection('one.x'), clients.user('ben'), clients.group('b')].map((each) => each.exists()));
    expect(await exist()).toEqual([true, true, true, false, false, false, false]);
    ann.client.leave();
    await expect.poll(exist).toEqual([false, false, false, false, false, false, false]);
  });

  it('end connections of each other', async () => {
    const [here, there] = await startTwo();
    const [ann, ben] = await Promise.all([there.enter('ann'), there.enter('ben')]);
    here.hub.clients.connection(ann.client.id).close('Enough.');
    here.hub.clients.user('ben').close();
    await expect.poll(() => [hear(ann), hear(ben)]).toEqual([[{ type: 7, error: 'Enough.', allowReconnect: true }], [{ type: 7, allowReconnect: true }]]);
  });

  it('ask clients of each other for results, which are theirs alone, and errors are told', async () => {
    const [here, there] = await startTwo();
    const ann = await there.enter('ann');
    const result = here.hub.clients.invoke(ann.client.id, 'getName', ['en']);
    await expect.poll(() => hear(ann).length).toBe(1);
    const [question] = ann.heard as { invocationId: string }[];
    expect(question).toEqual({ type: 1, invocationId: 's1', target: 'getName', arguments: ['en'] });
    ann.client.say(completion(question!.invocationId, { name: 'Ann' }));
    expect(await result).toEqual({ name: 'Ann' });
    const failing = here.hub.clients.invoke(ann.client.id, 'getName', []);
    await expect.poll(() => hear(ann).length).toBe(2);
    ann.client.say({ type: 3, invocationId: 's2', error: 'not now' });
    await expect(failing).rejects.toThrow('The client answered with an error: not now');
    await expect(here.hub.clients.invoke('two.unknown', 'getName', [])).rejects.toThrow("The connection 'two.unknown' is not here.");
    await expect(here.hub.clients.invoke('three.unknown', 'getName', [])).rejects.toThrow("The connection 'three.unknown' is not here.");
    const given = new AbortController();
    const givenUp = here.hub.clients.invoke(ann.client.id, 'getName', [], given.signal);
    given.abort(new Error('enough'));
    await expect(givenUp).rejects.toThrow('enough');
  });

  it('do not wait for the result of a client whose replica is gone', async () => {
    const [here, there] = await startTwo();
    const ann = await there.enter('ann');
    const result = here.hub.clients.invoke(ann.client.id, 'getName', []);
    await expect.poll(() => hear(ann).length).toBe(1);
    await there.redis.close();
    await expect(result).rejects.toThrow(`The connection '${ann.client.id}' is not here.`);
  });

  it('listen to no group and no user that has no connection at them', async () => {
    const { backplane, redis, enter } = await startReplica();
    const [ann, annToo] = await Promise.all([enter('ann'), enter('ann')]);
    await ann.connection.join('a');
    await annToo.connection.join('a');
    const listeners = (): Promise<number[]> => Promise.all(['hub:test:user:ann', 'hub:test:group:a', 'hub:test:all', `hub:test:node:${backplane.node}`].map((channel) => redis.listeners(channel)));
    expect(await listeners()).toEqual([1, 1, 1, 1]);
    ann.client.leave();
    annToo.connection.leave('a');
    await expect.poll(listeners).toEqual([1, 0, 1, 1]);
    annToo.client.leave();
    await expect.poll(listeners).toEqual([0, 0, 1, 1]);
  });

  it('serve their own clients while Redis is away, and each other when it is back', { timeout: 30_000 }, async () => {
    const [here, there] = await startTwo();
    const [ann, ben] = await Promise.all([here.enter('ann'), there.enter('ben')]);
    await server.kill();
    await expect.poll(() => here.redis.client.status).not.toBe('ready');
    here.hub.clients.all.send('away');
    await ann.connection.join('a');
    await ben.connection.join('a');
    here.hub.clients.group('a').send('in the group');
    expect([hear(ann), hear(ben)]).toEqual([[sent('away'), sent('in the group')], []]);
    await expect(here.hub.clients.connection(ben.client.id).exists()).rejects.toThrow();
    await server.restart();
    // Both listen again, and to the group that was joined meanwhile.
    await expect.poll(() => here.redis.listeners('hub:test:group:a').catch(() => 0), { timeout: 15_000 }).toBe(2);
    here.hub.clients.group('a').send('back');
    await expect.poll(() => hear(ben)).toEqual([sent('back')]);
  });
});
