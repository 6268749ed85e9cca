import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ConnectionFault } from '../../src/hub/end-reason.js';
import { countWrites, TestHub, until, type Opened } from './test-hub.js';

let hub: TestHub;
const rawSockets: Socket[] = [];

beforeEach(async () => {
  hub = await TestHub.start({ maxMessageBytes: 64 });
});

afterEach(async () => {
  for (const socket of rawSockets.splice(0)) socket.destroy();
  await hub.close();
});

interface Client {
  readonly socket: WebSocket;
  readonly opened: Opened;
  readonly received: (string | Buffer)[];
  /** Status and reason of the end, once it is there. */
  readonly ends: [code: number, reason: string][];
}

async function open(): Promise<Client> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/hubs/shop?id=${hub.grant().token}`);
  const received: (string | Buffer)[] = [];
  const ends: [number, string][] = [];
  socket.on('error', () => {});
  socket.on('message', (data: Buffer, isBinary) => received.push(isBinary ? data : data.toString()));
  socket.on('close', (code, reason) => ends.push([code, reason.toString()]));
  await new Promise((resolve) => socket.on('open', resolve));
  return { socket, opened: hub.opened.at(-1) as Opened, received, ends };
}

const handshake = (token: string): string =>
  `GET /hubs/shop?id=${token} HTTP/1.1\r\nhost: shop\r\nconnection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`;

/** A frame of a client, masked with zeros. */
const frame = (opcode: number, payload: string | Buffer = ''): Buffer => Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | Buffer.byteLength(payload), 0, 0, 0, 0]), Buffer.from(payload)]);

/** A client that sends bytes, and shows what comes. */
async function raw(bytes: string | Buffer): Promise<{ socket: Socket; text: () => string }> {
  const socket = connect({ port: hub.port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
  rawSockets.push(socket);
  let text = '';
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  await until(() => hub.opened.length > 0);
  return { socket, text: () => text };
}

describe('WebSocketChannel', () => {
  it('carries text as text and bytes as bytes, both ways', async () => {
    const { socket, opened, received } = await open();
    opened.channel.send('größer\u001e');
    opened.channel.send(new Uint8Array([1, 2, 255]));
    socket.send('{"a":"é"}\u001e');
    socket.send(Buffer.from([145, 6]));
    await until(() => received.length === 2 && opened.chunks.length === 2);
    expect(received).toEqual(['größer\u001e', Buffer.from([1, 2, 255])]);
    expect(opened.chunks).toEqual(['{"a":"é"}\u001e', Buffer.from([145, 6])]);
    expect([opened.channel.transport, opened.channel.carriesBinary]).toEqual(['WebSockets', true]);
  });

  it('opens the connection that its token names', async () => {
    const granted = hub.grant();
    const other = await open();
    await raw(handshake(granted.token));
    await until(() => hub.opened.length === 2);
    expect(hub.opened.map(({ connection }) => connection)).toEqual([other.opened.connection, granted]);
  });

  it('loses nothing that is glued to the handshake', async () => {
    await raw(Buffer.concat([Buffer.from(handshake(hub.grant().token)), frame(1, 'first'), frame(1, 'second'), frame(2, 'third').subarray(0, 3)]));
    rawSockets[0]?.write(frame(2, 'third').subarray(3));
    await until(() => hub.first.chunks.length === 3);
    expect(hub.first.chunks).toEqual(['first', 'second', Buffer.from('third')]);
  });

  it('sends what comes together in one write, also over the turns of promises', async () => {
    const { opened, received } = await open();
    const [wire] = [...hub.sockets];
    const writes = countWrites(wire as Socket);
    await new Promise<void>((resolve) =>
      setImmediate(async () => {
        opened.channel.send('1');
        opened.channel.send(Buffer.from('2'));
        await Promise.resolve();
        opened.channel.send('3');
        resolve();
      }),
    );
    await until(() => received.length === 3);
    expect([received, writes.count]).toEqual([['1', Buffer.from('2'), '3'], 1]);
    opened.channel.send('4');
    await until(() => received.length === 4);
    expect(writes.count).toBe(2);
  });

  it('offers no compression', async () => {
    expect((await open()).socket.extensions).toBe('');
  });

  it('answers a close frame without status with 1000', async () => {
    const { socket, opened, ends } = await open();
    socket.close();
    await until(() => ends.length > 0 && opened.ends.length > 0);
    expect([ends, opened.ends]).toEqual([[[1000, '']], [undefined]]);
    expect([hub.endpoint.size, hub.clock.pending]).toEqual([0, 0]);
  });

  it.each([1000, 1001])('takes %i for an end in good order', async (code) => {
    const { socket, opened, ends } = await open();
    socket.close(code, 'bye');
    await until(() => ends.length > 0 && opened.ends.length > 0);
    expect([ends, opened.ends]).toEqual([[[code, 'bye']], [undefined]]);
  });

  it('takes another status for an error', async () => {
    const { socket, opened } = await open();
    socket.close(4000);
    await until(() => opened.ends.length > 0);
    expect(opened.ends).toEqual([new ConnectionFault('left', 'The client closed the WebSocket with status 4000')]);
  });

  it('takes an end without a close frame for an error', async () => {
    const { socket, opened } = await open();
    socket.terminate();
    await until(() => opened.ends.length > 0);
    expect(opened.ends).toEqual([new Error('The WebSocket ended without a close frame')]);
    expect([hub.endpoint.size, hub.clock.pending]).toEqual([0, 0]);
  });

  it.each([
    [undefined, 1000],
    [1008, 1008],
  ])('is closed after what was sent, with status %s', async (code, seen) => {
    const { opened, received, ends } = await open();
    opened.channel.send('last');
    opened.channel.close(code);
    opened.channel.send('later');
    opened.channel.close();
    await until(() => opened.ends.length > 0 && ends.length > 0);
    expect([received, ends, opened.ends]).toEqual([['last'], [[seen, '']], [undefined]]);
    expect([hub.endpoint.size, hub.clock.pending, opened.channel.bufferedBytes]).toEqual([0, 0, 0]);
  });

  it('takes no chunk once this side has closed', async () => {
    const { socket } = await raw(handshake(hub.grant().token));
    hub.first.channel.close();
    socket.write(Buffer.concat([frame(1, 'late'), frame(8, Buffer.from([3, 232]))]));
    socket.end();
    await until(() => hub.first.ends.length > 0);
    expect([hub.first.chunks, hub.first.ends]).toEqual([[], [undefined]]);
  });

  it('cuts a client off that does not answer a close frame in ten seconds', async () => {
    const { text } = await raw(handshake(hub.grant().token));
    hub.first.channel.close();
    await until(() => text().endsWith('\x88\x02\x03\xe8'));
    await hub.clock.advance(9_999);
    expect(hub.first.ends).toEqual([]);
    await hub.clock.advance(1);
    await until(() => hub.first.ends.length > 0);
    expect(hub.first.ends).toEqual([new Error('The WebSocket ended without a close frame')]);
    await until(() => hub.sockets.size === 0);
  });

  it('cuts a client off that closes but does not leave', async () => {
    const { text } = await raw(Buffer.concat([Buffer.from(handshake(hub.grant().token)), frame(8)]));
    await until(() => text().endsWith('\x88\x02\x03\xe8'));
    await hub.clock.advance(10_000);
    await until(() => hub.sockets.size === 0);
    expect([hub.first.ends, hub.clock.pending]).toEqual([[undefined], 0]);
  });

  it('is aborted at once, and sends nothing any more', async () => {
    const { opened, received, ends } = await open();
    opened.channel.send('lost');
    opened.channel.abort();
    opened.channel.send('later');
    opened.channel.close();
    expect([opened.ends, hub.endpoint.size]).toEqual([[], 0]);
    await until(() => ends.length > 0);
    expect([received, ends, opened.ends]).toEqual([[], [[1006, '']], [new Error('The connection was aborted')]]);
  });

  it('may be aborted while it is opened', async () => {
    hub.onOpen = ({ channel }) => channel.abort();
    const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/?id=${hub.grant().token}`);
    socket.on('error', () => {});
    await new Promise((resolve) => socket.on('close', resolve));
    expect([hub.first.ends, hub.endpoint.size]).toEqual([[new Error('The connection was aborted')], 0]);
  });

  it('takes a message of four times the largest of a hub, and ends with 1009 for a longer one', async () => {
    const { socket, opened, ends } = await open();
    socket.send('x'.repeat(256));
    await until(() => opened.chunks.length > 0);
    socket.send('x'.repeat(257));
    await until(() => opened.ends.length > 0 && ends.length > 0);
    expect([opened.chunks.length, ends, opened.ends]).toMatchObject([1, [[1009, '']], [{ message: 'Max payload size exceeded' }]]);
  });

  it('knows what a client does not read', async () => {
    const { socket } = await raw(handshake(hub.grant().token));
    socket.pause();
    const { channel } = hub.first;
    expect(channel.bufferedBytes).toBe(0);
    for (let sent = 0; sent < 64 && channel.bufferedBytes < 1_000_000; sent += 1) {
      channel.send('é'.repeat(1_048_576));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(channel.bufferedBytes).toBeGreaterThan(1_000_000);
    channel.abort();
    await until(() => hub.sockets.size === 0);
  });

  it('counts text by its bytes', async () => {
    const { opened } = await open();
    opened.channel.send('é'.repeat(50));
    expect(opened.channel.bufferedBytes).toBe(102);
  });
});
