import { anonymousCaller } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { FakeChannel } from '../../test/hub/fake-channel.js';
import type { TestClient } from '../../test/hub/test-client.js';
import { plain, streaming, testHub, type TestHubPlan } from '../../test/hub/test-hub.js';
import { messagePackHubProtocol } from '../protocol/message-pack-hub.protocol.js';
import { ConnectionFault } from './end-reason.js';
import type { HubObserver } from './hub-observer.js';

function observed(plan: TestHubPlan = {}) {
  const told: unknown[][] = [];
  const observer: HubObserver = {
    connectionOpened: (transport) => void told.push(['opened', transport]),
    connectionClosed: (transport, reason) => void told.push(['closed', transport, reason]),
    messageSent: (bytes, recipients) => void told.push(['sent', bytes, recipients]),
    callReceived: () => void told.push(['called']),
  };
  return { ...testHub({ ...plan, observer }), take: () => told.splice(0) };
}

const bytesOf = (client: TestClient): number => Buffer.byteLength(client.channel.sent.at(-1) as string);

describe('whoever observes a hub', () => {
  it('hears of a connection when its transport opens, and once when that is closed', async () => {
    const { open, take, clock } = observed();
    const client = open(anonymousCaller, new FakeChannel('LongPolling'));
    expect(take()).toEqual([['opened', 'LongPolling']]);
    client.shakeHands().say({ type: 7 });
    expect(take()).toEqual([]);
    await clock.advance(0);
    expect(take()).toEqual([['closed', 'LongPolling', 'left']]);
  });

  it('hears of a broadcast once for all recipients of a protocol, in whatever order they are', () => {
    const { hub, open, connect, take } = observed();
    const binaryClient = (): TestClient => {
      const client = open();
      client.say({ protocol: 'messagepack', version: 1 });
      return client;
    };
    const clients = [connect(), binaryClient(), connect(), binaryClient(), connect()];
    take();
    hub.clients.allExcept([clients[4]!.id]).send('news', 'größer');
    const binary = (messagePackHubProtocol.write({ type: 1, target: 'news', arguments: ['größer'] }) as Uint8Array).length;
    expect(take()).toEqual([['sent', bytesOf(clients[0]!), 2], ['sent', binary, 2]]);
    hub.clients.group('nobody').send('news');
    expect(take()).toEqual([]);
  });

  it('hears of calls, of ones of unknown methods too, and of every answer and item', async () => {
    const count = streaming('Count', async function* () {
      yield* [1, 2];
    });
    const { connect, take, clock } = observed({ methods: [plain('Echo', () => 'x'), count] });
    const client = connect();
    take();
    client.call('1', 'Echo');
    client.call(undefined, 'Nowhere');
    client.stream('2', 'Count');
    await clock.advance(0);
    const all = take();
    expect([all.filter(([what]) => what === 'called').length, all.filter(([what]) => what === 'sent').length]).toEqual([3, 4]);
  });

  it('hears of no pings and of no closing words', async () => {
    const { connect, take, clock } = observed();
    const client = connect();
    take();
    await clock.advance(15_000);
    expect(client.hear()).toHaveLength(1);
    client.sayText('hello\u001e');
    expect(client.hear()).toHaveLength(1);
    await clock.advance(0);
    expect(take()).toEqual([['closed', 'WebSockets', 'malformed']]);
  });

  it.each<[string, (client: TestClient, test: ReturnType<typeof observed>) => unknown]>([
    ['left', (client) => client.leave()],
    ['left', (client) => client.say({ type: 7, error: 'tired' })],
    ['left', (client) => client.leave(new ConnectionFault('left', 'status 4000'))],
    ['lost', (client) => client.leave(new Error('reset'))],
    ['lost', (_client, { clock }) => clock.advance(30_000)],
    ['malformed', (client) => client.leave(Object.assign(new Error('bits'), { code: 'WS_ERR_UNEXPECTED_RSV_1' }))],
    ['refused', (client) => client.say(...Array.from({ length: 201 }, () => ({ type: 6 })))],
    ['closed', (_client, { hub }) => hub.clients.all.close('enough')],
    ['stopping', (_client, { hub }) => hub.close()],
    [
      'slow',
      (client, { hub }) => {
        client.channel.bufferedBytes = 2_000_000;
        hub.clients.all.send('news');
      },
    ],
  ])('hears that one %s', async (reason, end) => {
    const test = observed();
    const client = test.connect();
    await end(client, test);
    await test.clock.advance(0);
    expect(test.take().filter(([what]) => what === 'closed')).toEqual([['closed', 'WebSockets', reason]]);
  });

  it('hears that one was refused whose handshake did not come', async () => {
    const { open, take, clock } = observed();
    open();
    await clock.advance(15_000);
    expect(take().at(-1)).toEqual(['closed', 'WebSockets', 'refused']);
  });

  it('hears that one failed when this side does', async () => {
    const { open, take, takeErrors, clock } = observed();
    const client = open();
    client.channel.send = () => {
      client.channel.send = () => {};
      throw new Error('inside');
    };
    client.say({ protocol: 'json', version: 1 });
    await clock.advance(0);
    expect([take().at(-1), takeErrors()]).toEqual([['closed', 'WebSockets', 'failed'], ['inside']]);
  });
});
