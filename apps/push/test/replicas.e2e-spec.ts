import { realServer, type RealServer } from '@portico/core/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectPush, type PushClient } from './connect-push.js';
import { startPush, type TestPush } from './start-push.js';

const plan = realServer('redis');
const endpoint = 'http://push.test';

describe.skipIf(plan.absent)(`two replicas by ${plan.title}`, () => {
  let server: RealServer;
  let replicas: readonly [TestPush, TestPush];
  const clients: PushClient[] = [];

  beforeAll(async () => {
    server = await plan.start();
    const start = (node: string): Promise<TestPush> => startPush({ config: { node, redisUrl: server.origin } });
    replicas = [await start('one'), await start('two')];
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map(({ connection }) => connection.stop()));
  });

  afterAll(async () => {
    await Promise.all((replicas ?? []).map((replica) => replica.close()));
    await server?.close();
  });

  async function connect(replica: TestPush, userId?: string): Promise<PushClient> {
    const client = await connectPush(replica.endpoint, 'shop', { userId });
    clients.push(client);
    return client;
  }

  it('reach the clients of each other: all, a user, a group, one connection, without those that are excluded', async () => {
    const [one, two] = replicas;
    const [ann, bob] = [await connect(two, 'ann'), await connect(two, 'bob')];
    expect(ann.id.startsWith('two.')).toBe(true);
    const shop = one.endpoint.hub('shop');
    expect(await shop.connection(ann.id).join('buyers')).toBe(true);
    await shop.all.send('news', 'all');
    await shop.allExcept([ann.id]).send('news', 'bob');
    await shop.user('ann').send('news', 'user');
    await shop.group('buyers').send('news', 'group');
    await shop.connection(ann.id).send('news', 'connection');
    await expect.poll(() => [ann.heard, bob.heard]).toEqual([[['all'], ['user'], ['group'], ['connection']], [['all'], ['bob']]]);
  });

  it('know who is connected to the other one, and when a join there is not possible', async () => {
    const [one, two] = replicas;
    const ann = await connect(two, 'ann');
    const shop = one.endpoint.hub('shop');
    await shop.connection(ann.id).join('buyers');
    expect(await Promise.all([shop.connection(ann.id).exists(), shop.user('ann').exists(), shop.group('buyers').exists()])).toEqual([true, true, true]);
    expect(await Promise.all([shop.connection('two.none').exists(), shop.connection('two.none').join('buyers'), shop.user('bob').exists()])).toEqual([false, false, false]);
    expect(await shop.connection(ann.id).leave('buyers')).toBe(true);
    expect(await shop.group('buyers').exists()).toBe(false);
    await shop.connection(ann.id).close('over');
    await expect.poll(() => ann.closed?.error?.message).toContain('over');
  });

  it("share the groups of users: a later connection at the other one joins by itself, of more than 100 the oldest go, and what ends ends everywhere", async () => {
    const [one, two] = replicas;
    const shop = one.endpoint.hub('shop');
    for (let number = 0; number <= 100; number += 1) await shop.user('cleo').join(`group-${number}`);
    await shop.user('cleo').join('short', 1);
    const cleo = await connect(two, 'cleo');
    await expect.poll(() => shop.group('group-100').exists()).toBe(true);
    await shop.group('group-0').send('news', 0);
    await shop.group('group-100').send('news', 100);
    await expect.poll(() => cleo.heard).toEqual([[100]]);
    const there = two.endpoint.hub('shop').user('cleo');
    expect(await Promise.all([there.isIn('group-0'), there.isIn('group-100')])).toEqual([false, true]);
    await expect.poll(() => there.isIn('short'), { timeout: 3_000 }).toBe(false);
    await there.leave();
    expect(await shop.user('cleo').isIn('group-100')).toBe(false);
    await shop.group('group-100').send('news', 'nobody');
    await shop.all.send('news', 'end');
    await expect.poll(() => cleo.heard).toEqual([[100], ['end']]);
  });

  it('take the token of either at each, and send the requests of a transport to the replica that its id names', async () => {
    const [first, second] = await Promise.all(['first', 'second'].map((node) => startPush({ config: { node, redisUrl: server.origin, endpoint } })));
    if (!first || !second) throw new Error('There are two');
    try {
      const { accessToken } = first.endpoint.clientAccess('shop', { userId: 'ann' });
      const headers = { authorization: `Bearer ${accessToken}` };
      for (const replica of [first, second]) {
        const { connectionToken } = (await (await fetch(`${replica.url}/client/negotiate?hub=shop&negotiateVersion=1`, { method: 'POST', headers })).json()) as { connectionToken: string };
        const other = replica === first ? second : first;
        const [here, elsewhere] = await Promise.all([replica, other].map(({ url }) => fetch(`${url}/client/?hub=shop&id=${connectionToken}`, { headers })));
        expect([here?.status, elsewhere?.status]).toEqual([200, 421]);
      }
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });
});
