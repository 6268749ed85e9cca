import type { HubConnection } from '@microsoft/signalr';
import { afterEach, describe, expect, it } from 'vitest';
import { connectHub } from '../../testing/connect-hub.js';
import { startOfficialHub, type OfficialHub } from './official-hub.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe.each(['json', 'messagepack'] as const)('the official client that asked for stateful reconnect, in %s,', { timeout: 30_000 }, (protocol) => {
  let hub: OfficialHub;
  let connection: HubConnection;
  let connectionId: string | null;
  /** What it was told of its connection besides messages. */
  let told: string[];

  async function connect(options: Parameters<typeof startOfficialHub>[0] = {}, prepare: (connection: HubConnection) => void = () => {}): Promise<void> {
    hub = await startOfficialHub({ messagesPerSecond: 1_000, ...options });
    told = [];
    connection = await connectHub(hub.url, {
      protocol,
      stateful: true,
      prepare: (each) => {
        each.onreconnecting(() => void told.push('reconnecting'));
        each.onclose(() => void told.push('closed'));
        prepare(each);
      },
    });
    connectionId = connection.connectionId;
    closers.push(async () => {
      // Before its end: whatever was cut, it was one connection, and the hub did not notice.
      expect([told, connection.connectionId, hub.traffic]).toEqual([[], connectionId, { sockets: hub.traffic.cuts + 1, cuts: hub.traffic.cuts }]);
      expect(hub.traffic.cuts).toBeGreaterThan(0);
      await connection.stop();
      expect(await hub.takeVisits()).toEqual([{ transport: 'WebSockets', end: 'in good order' }]);
      await hub.close();
    });
  }

  it('makes each call once and in order, and gets each answer, however often its socket is cut', async () => {
    await connect();
    const answered: unknown[] = [];
    for (let round = 0; round < 5; round += 1) {
      const calls = numbers(20).map(async (number) => answered.push(await connection.invoke('note', round * 20 + number, number === 7)));
      // Some are lost on their way, and of some the answers.
      if (round % 2 === 0) hub.cut();
      await Promise.all(calls);
    }
    expect([answered, hub.noted, hub.traffic.cuts]).toEqual([numbers(100), numbers(100), 8]);
  });

  it('gets each item of a stream once and in order', async () => {
    await connect();
    const items: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      connection.stream<{ number: number }>('countInTurns', 1_000, 125).subscribe({ next: ({ number }) => void items.push(number), error: reject, complete: resolve });
    });
    expect([items, hub.traffic.cuts]).toEqual([numbers(1_000), 8]);
  });

  it('gets all of a stream that is longer than what is kept', async () => {
    await connect({ reconnectBufferBytes: protocol === 'json' ? 10_000 : 3_000 });
    const items: unknown[] = [];
    await new Promise<void>((resolve, reject) => {
      connection.stream<{ number: number }>('count', 300).subscribe({ next: ({ number }) => void items.push(number), error: reject, complete: resolve });
      // It comes in one piece with that: the first items are lost.
      void connection.send('note', 1, true);
    });
    expect(items).toEqual(numbers(300));
  });

  it('gets each message once and in order, sent before and while its socket is cut', async () => {
    const heard: unknown[] = [];
    await connect({}, (each) => each.on('news', (number) => void heard.push(number)));
    for (const number of numbers(1_000)) {
      hub.clients.all.send('news', number);
      if (number % 10 === 0) await new Promise(setImmediate);
      if (number % 125 !== 5) continue;
      await hub.reachable();
      hub.cut();
    }
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1_000);
    await connection.invoke('echo', 'end');
    expect([heard, hub.traffic.cuts]).toEqual([numbers(1_000), 8]);
  });

  it('gets once what came in one piece with the answer to its handshake', async () => {
    const heard: unknown[] = [];
    await connect({}, (each) => each.on('welcome', (value) => void heard.push(value)));
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(1);
    hub.cut();
    await connection.invoke('echo', 'end');
    expect(heard).toEqual(['you']);
  });
});
