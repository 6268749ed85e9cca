import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionFault } from '../../src/hub/end-reason.js';
import { countWrites, TestHub, until } from './test-hub.js';

let hub: TestHub;

beforeEach(async () => {
  hub = await TestHub.start();
});

afterEach(() => hub.close());

/** Collects what a stream brings. */
function reading(response: IncomingMessage): { text: () => string; ended: () => string | undefined } {
  let text = '';
  let ended: string | undefined;
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => (text += chunk));
  response.on('end', () => (ended = 'end'));
  response.on('error', () => (ended = 'error'));
  return { text: () => text, ended: () => ended };
}

/** A client that opens a stream and reads nothing of it. */
async function deafClient(): Promise<Socket> {
  const { token } = hub.grant();
  const socket = connect(hub.port, '127.0.0.1', () => socket.write(`GET /?id=${token} HTTP/1.1\r\nhost: shop\r\naccept: text/event-stream\r\n\r\n`));
  socket.on('error', () => {});
  await until(() => hub.opened.length > 0);
  return socket;
}

/** Sends until the system takes no more. */
async function fill(): Promise<void> {
  const { channel } = hub.first;
  for (let sent = 0; sent < 64 && channel.bufferedBytes < 1_000_000; sent += 1) {
    channel.send('x'.repeat(1_048_576));
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(channel.bufferedBytes).toBeGreaterThan(1_000_000);
}

describe('EventStreamChannel', () => {
  it('begins at once with a comment, kept by nobody and held back by nobody', async () => {
    const { opened, response } = await hub.streaming();
    const { text } = reading(response);
    await until(() => text() !== '');
    expect([response.statusCode, response.headers, text()]).toMatchObject([
      200,
      { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-store', 'x-accel-buffering': 'no', 'transfer-encoding': 'chunked' },
      ':\n\n',
    ]);
    expect(response.headers).not.toHaveProperty('content-encoding');
    expect([opened.channel.transport, opened.channel.carriesBinary]).toEqual(['ServerSentEvents', false]);
  });

  it('sends each record as an event, split on line ends', async () => {
    const { opened, response } = await hub.streaming();
    const { text } = reading(response);
    opened.channel.send('{"größe":1}\u001e');
    opened.channel.send('one\ntwo\r\nthree\rfour\n');
    await until(() => text().includes('four'));
    expect(text()).toBe(':\n\ndata: {"größe":1}\u001e\n\ndata: one\ndata: two\ndata: three\ndata: four\ndata: \n\n');
  });

  it('sends what comes together in one write, also over the turns of promises', async () => {
    const { opened, response } = await hub.streaming();
    const { text } = reading(response);
    await until(() => text() !== '');
    const writes = countWrites([...hub.sockets][0] as Socket);
    await new Promise<void>((resolve) =>
      setImmediate(async () => {
        opened.channel.send('1');
        await Promise.resolve();
        opened.channel.send('2');
        resolve();
      }),
    );
    expect(opened.channel.bufferedBytes).toBe(18);
    await until(() => text().endsWith('data: 1\n\ndata: 2\n\n'));
    expect([writes.count, opened.channel.bufferedBytes]).toEqual([1, 0]);
  });

  it('carries no bytes', async () => {
    const { opened } = await hub.streaming();
    expect(() => opened.channel.send(new Uint8Array([1]))).toThrow(new TypeError('An event stream carries text only'));
  });

  it('is closed after what was sent', async () => {
    const { opened, response } = await hub.streaming();
    const { text, ended } = reading(response);
    opened.channel.send('last');
    opened.channel.close();
    opened.channel.send('later');
    opened.channel.close();
    await until(() => ended() !== undefined && opened.ends.length > 0);
    expect([text(), ended(), opened.ends]).toEqual([':\n\ndata: last\n\n', 'end', [undefined]]);
    expect([hub.endpoint.size, hub.clock.pending]).toEqual([0, 0]);
  });

  it('is over, in good order, when the client drops it', async () => {
    const { opened, request } = await hub.streaming();
    request.destroy();
    await until(() => opened.ends.length > 0);
    opened.channel.send('later');
    opened.channel.close();
    expect([opened.ends, hub.endpoint.size, hub.clock.pending, opened.channel.bufferedBytes]).toEqual([[undefined], 0, 0, 0]);
  });

  it('is aborted at once', async () => {
    const { opened, response } = await hub.streaming();
    const { text, ended } = reading(response);
    opened.channel.send('lost');
    opened.channel.abort();
    expect([opened.ends, hub.endpoint.size]).toEqual([[], 0]);
    await until(() => ended() !== undefined);
    expect([text(), ended(), opened.ends]).toEqual([expect.not.stringContaining('lost'), 'error', [new Error('The connection was aborted')]]);
  });

  it('gives the client time to take the end, and is aborted then too', async () => {
    const { opened } = await hub.streaming();
    opened.channel.close();
    expect(hub.clock.pending).toBe(1);
    opened.channel.abort();
    expect(hub.clock.pending).toBe(0);
    await hub.quiet();
    expect(opened.ends).toEqual([new Error('The connection was aborted')]);
  });

  it('may be aborted while it is opened', async () => {
    hub.onOpen = ({ channel }) => channel.abort();
    await deafClient();
    await until(() => hub.first.ends.length > 0 && hub.sockets.size === 0);
    expect(hub.first.ends).toEqual([new Error('The connection was aborted')]);
  });

  it('cuts a client off that takes nothing for ten seconds', async () => {
    const client = await deafClient();
    client.pause();
    await fill();
    await hub.clock.advance(9_999);
    expect(hub.first.ends).toEqual([]);
    // What the system has taken meanwhile counts as taken by the client.
    while (hub.first.ends.length === 0) await hub.clock.advance(10_000);
    expect(hub.first.ends).toEqual([new ConnectionFault('slow', 'The client takes nothing of the event stream')]);
    await until(() => hub.sockets.size === 0);
  });

  it('cuts a client off that reads for a while, then no more', async () => {
    const client = await deafClient();
    client.pause();
    await fill();
    const { channel, ends } = hub.first;
    for (let sent = 0; sent < 32; sent += 1) channel.send('x'.repeat(1_048_576));
    await new Promise((resolve) => setImmediate(resolve));
    const before = channel.bufferedBytes;
    client.resume();
    await until(() => channel.bufferedBytes < before);
    client.pause();
    while (ends.length === 0) await hub.clock.advance(10_000);
    expect(ends).toEqual([new ConnectionFault('slow', 'The client takes nothing of the event stream')]);
  });

  it('cuts a client off that takes nothing of the end either', async () => {
    const client = await deafClient();
    client.pause();
    await fill();
    hub.first.channel.close();
    expect((await hub.ask('POST', `id=${hub.first.connection.token}`, { body: 'late' })).status).toBe(404);
    while (hub.first.ends.length === 0) await hub.clock.advance(10_000);
    expect(hub.first.ends).toEqual([new ConnectionFault('slow', 'The client takes nothing of the event stream')]);
  });

  it('waits for a client that is slow but reads', async () => {
    const client = await deafClient();
    client.pause();
    await fill();
    client.resume();
    await until(() => hub.first.channel.bufferedBytes === 0);
    expect(hub.clock.pending).toBe(0);
    await hub.clock.advance(60_000);
    expect(hub.first.ends).toEqual([]);
  });
});
