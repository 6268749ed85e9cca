import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestHub, until, type Opened } from './test-hub.js';

let hub: TestHub;
let token: string;
let opened: Opened;
let client: Client;

beforeEach(async () => {
  hub = await TestHub.start({ maxMessageBytes: 64 });
  hub.onOpen = ({ channel }) => channel.outlive?.();
  token = hub.grant().token;
  client = await open();
  opened = hub.first;
});

afterEach(() => hub.close());

interface Client {
  readonly socket: WebSocket;
  readonly received: string[];
  /** Status of the end, once it is there; of the answer, when there was no socket. */
  readonly ends: number[];
}

async function open(): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/hubs/shop?id=${token}`);
  const made: Client = { socket, received: [], ends: [] };
  socket.on('error', () => {});
  socket.on('message', (data: Buffer) => made.received.push(data.toString()));
  socket.on('close', (code) => made.ends.push(code));
  socket.on('unexpected-response', (request, { statusCode = 0 }) => {
    made.ends.push(statusCode);
    request.destroy();
  });
  await new Promise((resolve) => socket.once('open', resolve).once('unexpected-response', resolve));
  return made;
}

/** Breaks the socket, on the side of the server as on that of the client. */
async function lose(side: 'server' | 'client' = 'server'): Promise<void> {
  if (side === 'client') client.socket.terminate();
  else for (const socket of hub.sockets) socket.destroy();
  await until(() => opened.turns.at(-1) === 'interrupted');
}

describe('a WebSocketChannel that outlives its socket', () => {
  it.each(['server', 'client'] as const)('goes on over another that its client opens, when its own is lost on the side of the %s', async (side) => {
    client.socket.send('1');
    await until(() => opened.chunks.length === 1);
    await lose(side);
    await hub.clock.advance(14_999);
    expect([opened.turns, opened.ends, hub.endpoint.size]).toEqual([['interrupted'], [], 1]);
    const next = await open();
    await until(() => opened.turns.length === 2);
    opened.channel.send('a');
    next.socket.send('2');
    await until(() => opened.chunks.length === 2 && next.received.length === 1);
    await hub.clock.advance(60_000);
    expect([opened.turns, opened.chunks, next.received, hub.opened.length, hub.clock.pending]).toEqual([['interrupted', 'resumed'], ['1', '2'], ['a'], 1, 0]);
  });

  it('does so again and again', async () => {
    for (let turn = 1; turn <= 3; turn += 1) {
      await lose();
      client = await open();
      await until(() => opened.turns.length === 2 * turn);
    }
    opened.channel.send('a');
    await until(() => client.received.length === 1);
    client.socket.close();
    await until(() => opened.ends.length === 1);
    expect(opened.ends).toEqual([undefined]);
  });

  it('is over when its client does not come back in time', async () => {
    await lose();
    await hub.clock.advance(15_000);
    await until(() => opened.ends.length === 1);
    expect([opened.ends, hub.endpoint.size, hub.clock.pending, (await open()).ends]).toEqual([[new Error('The WebSocket ended without a close frame')], 0, 0, [404]]);
  });

  it('takes the newer socket of its client where the older is thought open, and tells nobody on that', async () => {
    const next = await open();
    await until(() => opened.turns.length === 2 && client.ends.length === 1);
    opened.channel.send('a');
    next.socket.send('2');
    await until(() => opened.chunks.length === 1 && next.received.length === 1);
    expect([opened.turns, opened.ends, client.ends, client.received, next.received]).toEqual([['interrupted', 'resumed'], [], [1006], [], ['a']]);
  });

  it('sends nothing meanwhile, and nothing waits', async () => {
    await lose();
    opened.channel.send('lost');
    expect(opened.channel.bufferedBytes).toBe(0);
    const next = await open();
    await until(() => opened.turns.length === 2);
    opened.channel.send('a');
    await until(() => next.received.length > 0);
    expect(next.received).toEqual(['a']);
  });

  it.each([1000, 1001, 4000])('is over when its client closes with %i', async (code) => {
    client.socket.close(code);
    await until(() => opened.ends.length === 1);
    expect([opened.turns, hub.endpoint.size, (await open()).ends]).toEqual([[], 0, [404]]);
  });

  it('is over when its client sends what is no message, for it would do so again', async () => {
    client.socket.send('x'.repeat(257));
    await until(() => opened.ends.length === 1);
    expect([opened.turns, opened.ends]).toMatchObject([[], [{ message: 'Max payload size exceeded' }]]);
  });

  it('is over when this side closes, and takes no other socket while it waits for the end', async () => {
    client.socket.pause();
    opened.channel.close();
    expect((await open()).ends).toEqual([409]);
    for (const socket of hub.sockets) socket.destroy();
    await until(() => opened.ends.length === 1);
    expect([opened.turns, hub.clock.pending]).toEqual([[], 0]);
  });

  it.each(['close', 'abort'] as const)('is over at once by %s while its socket is lost', async (end) => {
    await lose();
    opened.channel[end]();
    await until(() => opened.ends.length === 1);
    expect([opened.ends, hub.endpoint.size, hub.clock.pending, (await open()).ends]).toEqual([[end === 'close' ? undefined : new Error('The connection was aborted')], 0, 0, [404]]);
  });

  it('lets nobody else take it over', async () => {
    await lose();
    hub.refusal = 401;
    expect([(await open()).ends, opened.turns]).toEqual([[401], ['interrupted']]);
    hub.refusal = undefined;
    expect([(await open()).ends, hub.admitted.length]).toEqual([[], 3]);
  });

  it('may come back while the hub ends', async () => {
    hub.endpoint.stop();
    await lose();
    expect((await open()).ends).toEqual([]);
  });
});
