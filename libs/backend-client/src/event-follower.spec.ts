import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isPorticoError } from '@portico/core';
import { ManualClock, settle } from '@portico/core/testing';
import Type from 'typebox';
import { expect, it, describe, vi } from 'vitest';
import { clientOf, closing } from '../test/fixtures.js';
import { defineService } from './index.js';

const progress = defineService('shop').events('/events', { reads: Type.Object({ order: Type.String() }) });

interface Stage {
  readonly requests: IncomingMessage[];
  readonly streams: ServerResponse[];
  readonly heard: string[];
  readonly troubles: unknown[];
  readonly clock: ManualClock;
  readonly follower: { close(): void };
  stop(): Promise<void>;
}

async function stage(answer: (response: ServerResponse, count: number) => void = begin, settled?: Promise<void>): Promise<Stage> {
  const [requests, streams, heard, troubles]: [IncomingMessage[], ServerResponse[], string[], unknown[]] = [[], [], [], []];
  const server = createServer((request, response) => {
    requests.push(request);
    streams.push(response);
    answer(response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing({ close: async () => void (server.closeAllConnections(), server.close()) });
  const clock = new ManualClock();
  const client = clientOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, {}, { clock, ...(settled && { settled }) });
  const follower = client.follow(progress, { onEvent: ({ order }) => void heard.push(order), onTrouble: (error) => void troubles.push(error) });
  return { requests, streams, heard, troubles, clock, follower, stop: () => client.close() };
}

function begin(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': here\n\n');
}

const send = (response: ServerResponse | undefined, order: unknown, id = ''): void => void response?.write(`${id === '' ? '' : `id: ${id}\n`}data: ${JSON.stringify({ order })}\n\n`);

/** Lets time pass until the next request has come. */
async function next({ clock, requests }: Stage, count: number): Promise<void> {
  await vi.waitFor(async () => {
    await clock.advance(500);
    await settle();
    expect(requests).toHaveLength(count);
  });
}

describe('following the events of a service', () => {
  it('hears each in its order, however its bytes are cut', async () => {
    const { streams, heard } = await stage();
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    for (const byte of Buffer.from('data: {"order":"é1"}\n\ndata: {"order":"2"}\n\n')) streams[0]?.write(Buffer.from([byte]));
    await vi.waitFor(() => expect(heard).toEqual(['é1', '2']));
  });

  it('asks again when the stream ends, from the last event on', async () => {
    const world = await stage();
    await vi.waitFor(() => expect(world.streams).toHaveLength(1));
    send(world.streams[0], 'a', '7');
    await vi.waitFor(() => expect(world.heard).toEqual(['a']));
    world.streams[0]?.end();
    await next(world, 2);
    expect(world.requests.map(({ headers }) => headers['last-event-id'])).toEqual([undefined, '7']);
    send(world.streams[1], 'b', '8');
    await vi.waitFor(() => expect(world.heard).toEqual(['a', 'b']));
  });

  it('asks again when the service refuses, and says so', async () => {
    const world = await stage((response, count) => (count === 1 ? void response.writeHead(500).end('no') : begin(response)));
    await vi.waitFor(() => expect(world.troubles).toHaveLength(1));
    expect(world.troubles.every(isPorticoError)).toBe(true);
    await next(world, 2);
    send(world.streams[1], 'a');
    await vi.waitFor(() => expect(world.heard).toEqual(['a']));
  });

  it('waits until its gateway has started, and asks nothing where it was closed before', async () => {
    let settle = (): void => {};
    const settled = new Promise<void>((resolve) => (settle = resolve));
    const [open, closed] = [await stage(begin, settled), await stage(begin, settled)];
    closed.follower.close();
    await open.clock.advance(120_000);
    expect(open.requests).toEqual([]);
    settle();
    await vi.waitFor(() => expect(open.streams).toHaveLength(1));
    send(open.streams[0], 'a');
    await vi.waitFor(() => expect(open.heard).toEqual(['a']));
    expect([closed.requests, closed.troubles, closed.clock.pending]).toEqual([[], [], 0]);
  });

  it('leaves out an event of the wrong shape, and goes on', async () => {
    const world = await stage();
    await vi.waitFor(() => expect(world.streams).toHaveLength(1));
    send(world.streams[0], 1);
    send(world.streams[0], 'a');
    await vi.waitFor(() => expect(world.heard).toEqual(['a']));
    expect(world.troubles).toHaveLength(1);
  });

  it.each([
    ['it is closed', ({ follower }: Stage) => follower.close()],
    ['its client is', ({ stop }: Stage) => void stop()],
  ])('ends when %s, and asks no more', async (_when, end) => {
    const world = await stage();
    await vi.waitFor(() => expect(world.streams).toHaveLength(1));
    end(world);
    await vi.waitFor(() => expect(world.streams[0]?.destroyed).toBe(true));
    await world.clock.advance(120_000);
    expect([world.requests.length, world.troubles, world.clock.pending]).toEqual([1, [], 0]);
  });
});
