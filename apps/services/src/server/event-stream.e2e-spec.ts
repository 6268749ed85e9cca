import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import Type from 'typebox';
import { afterEach, describe, expect, it } from 'vitest';
import { EventClient } from '../../test/event-client.js';
import { rawGet } from '../../test/raw-client.js';
import { until } from '../../test/until.js';
import { startShop, type RunningShop, type ShopOptions } from '../start-shop.js';
import { EventFeed } from './event-feed.js';
import { addEventStream, mostWaitingBytes } from './event-stream.js';
import type { SchemaTypes } from './service-app.js';

/** More than the buffers of a connection on one machine hold. */
const boundBytes = 64 * 1024 * 1024;

const closing: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((one) => one.close()));
});

/** A feed of text behind an address of its own. */
async function publishing({ heartbeatMs, admit }: { heartbeatMs?: number; admit?: (request: FastifyRequest, reply: FastifyReply) => Promise<void> } = {}) {
  const feed = new EventFeed<string>({ kept: 100 });
  const app = Fastify({ forceCloseConnections: true }).withTypeProvider<SchemaTypes>();
  app.setSerializerCompiler(() => JSON.stringify);
  if (admit) app.addHook('onRequest', admit);
  addEventStream(app, '/events', { operationId: 'streamText', description: 'Text.', event: 'text', data: Type.String(), feed, ...(heartbeatMs && { heartbeatMs }) });
  await app.listen({ host: '127.0.0.1', port: 0 });
  closing.push(app);
  const { port } = app.server.address() as AddressInfo;
  return { feed, app, port, url: `http://127.0.0.1:${port}/events` };
}

async function shopWith(options: ShopOptions = {}): Promise<RunningShop> {
  const shop = await startShop({ only: ['pricing', 'ordering', 'inventory'], priceTicksPerSecond: 1_000, ...options });
  closing.push(shop);
  return shop;
}

describe('a stream of events', () => {
  it('begins at once with a comment, and is not to be stored', async () => {
    const { url } = await publishing();
    const client = await EventClient.open(url);
    expect(client.response.status).toBe(200);
    expect(client.response.headers.get('content-type')).toBe('text/event-stream');
    expect(client.response.headers.get('cache-control')).toBe('no-store');
    expect(await client.block()).toBe(':');
  });

  it('tells everybody who listens, in the form of the standard', async () => {
    const { url, feed } = await publishing();
    const clients = [await EventClient.open(url), await EventClient.open(url)];
    feed.publish('two\nlines');
    for (const client of clients) {
      await client.block();
      expect(await client.block()).toBe('id: 1\nevent: text\ndata: "two\\nlines"');
    }
  });

  it('shows by comments that it is still there', async () => {
    const { url } = await publishing({ heartbeatMs: 5 });
    const client = await EventClient.open(url);
    expect([await client.block(), await client.block(), await client.block()]).toEqual([':', ':', ':']);
  });

  it('forgets who has left', async () => {
    const { url, feed } = await publishing();
    const client = await EventClient.open(url);
    expect(feed.listeners).toBe(1);
    client.leave();
    await until(() => feed.listeners === 0);
  });

  it('never begins for somebody who left while the token was looked at', async () => {
    let admitted: () => void = () => {};
    const over = new Promise<void>((resolve) => (admitted = resolve));
    const { port, feed } = await publishing({
      admit: async (_request, { raw }) => {
        socket.destroy();
        await once(raw, 'close');
        admitted();
      },
    });
    const socket = connect(port, '127.0.0.1', () => socket.write('GET /events HTTP/1.1\r\nhost: x\r\n\r\n'));
    await over;
    await turn();
    expect(feed.listeners).toBe(0);
  });

  it('shows its head to HEAD and ends', async () => {
    const { url, feed } = await publishing();
    const answer = await fetch(url, { method: 'HEAD' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text(), feed.listeners]).toEqual([200, 'text/event-stream', '', 0]);
  });

  it('cuts off who takes nothing while others listen on', async () => {
    const { port, url, feed } = await publishing();
    const stuck = connect(port, '127.0.0.1', () => stuck.write('GET /events HTTP/1.1\r\nhost: x\r\n\r\n'));
    stuck.on('error', () => {}).pause();
    await until(() => feed.listeners === 1);
    const client = await EventClient.open(url);
    const piece = 'x'.repeat(65_536);
    let told = 0;
    while (feed.listeners === 2) {
      feed.publish(piece);
      told += 1;
      expect((await client.next()).id).toBe(String(told));
      expect(told * piece.length).toBeLessThan(boundBytes);
    }
    expect(told * piece.length).toBeGreaterThan(mostWaitingBytes);
    // What was on its way still comes, and then the end.
    stuck.resume();
    await once(stuck, 'close');
    feed.publish('the other one goes on');
    expect(await client.next()).toMatchObject({ data: 'the other one goes on' });
  });
});

describe('who comes back to a stream', () => {
  it('is first told what was missed, then what happens', async () => {
    const { url, feed } = await publishing();
    for (const text of ['a', 'b', 'c']) feed.publish(text);
    const client = await EventClient.open(url, { 'last-event-id': '1' });
    feed.publish('d');
    expect(await client.take(3)).toEqual([
      { id: '2', event: 'text', data: 'b' },
      { id: '3', event: 'text', data: 'c' },
      { id: '4', event: 'text', data: 'd' },
    ]);
  });

  it('is told the latest hundred events at most, and all of them after an id of an earlier process', async () => {
    const { url, feed } = await publishing();
    for (let count = 1; count <= 150; count += 1) feed.publish(`${count}`);
    for (const lastId of ['7', '9000']) {
      const missed = await (await EventClient.open(url, { 'last-event-id': lastId })).take(100);
      expect([missed[0]?.id, missed[99]?.id]).toEqual(['51', '150']);
    }
  });

  it('is told nothing old without an id, and refused with one that no event has', async () => {
    const { url, feed } = await publishing();
    feed.publish('old');
    const client = await EventClient.open(url);
    feed.publish('new');
    expect(await client.next()).toMatchObject({ data: 'new' });
    expect((await EventClient.open(url, { 'last-event-id': 'latest' })).response.status).toBe(400);
  });
});

describe('the streams of the shop', () => {
  it.each([
    ['ordering', '/orders/events', 'trackingNumber', true],
    ['pricing', '/prices/ticks', 'previousCents', false],
    ['inventory', '/alerts/events', 'reorderLevel', true],
  ] as const)('of %s stands in its contract as server-sent events', async (name, path, field, resumes) => {
    const { urls } = await shopWith();
    const contract = (await (await fetch(`${urls[name]}/openapi.json`)).json()) as { paths: Record<string, { get: { responses: Record<string, { content: unknown }>; parameters?: { name: string }[] } }> };
    const operation = contract.paths[path]?.get;
    expect(operation?.responses['200']?.content).toEqual({ 'text/event-stream': { schema: expect.objectContaining({ properties: expect.objectContaining({ [field]: expect.anything() }) }) } });
    expect((operation?.parameters ?? []).map((parameter) => parameter.name)).toEqual(resumes ? ['last-event-id'] : []);
  });

  it('end when the shop stops', async () => {
    const shop = await shopWith();
    const client = await EventClient.open(`${shop.urls.ordering}/orders/events`);
    await client.block();
    await shop.close();
    await expect(client.block()).rejects.toThrow();
  });

  it('wait, fail and break off as the fault switch says', async () => {
    const waits: number[] = [];
    const shop = await shopWith({ faultSources: { random: () => 0.5, delay: async (ms) => void waits.push(ms) } });
    const url = `${shop.urls.pricing}/prices/ticks`;
    shop.faults('pricing', { latencyMs: 700 });
    expect(await (await EventClient.open(url)).block()).toBe(':');
    expect(waits).toEqual([700]);
    shop.faults('pricing', { latencyMs: 0, errorRate: 1, errorStatus: 503 });
    expect((await EventClient.open(url)).response.status).toBe(503);
    shop.faults('pricing', { errorRate: 0, resetRate: 1 });
    expect(await rawGet(shop.urls.pricing, '/prices/ticks')).toEqual({ head: '', body: '', end: 'reset' });
  });

  it.each([{ truncateRate: 1 }, { answer: 'wrong-type' }] as const)('are not held back by faults of whole answers, such as %j', async (faults) => {
    const shop = await shopWith();
    shop.faults('pricing', faults);
    const client = await EventClient.open(`${shop.urls.pricing}/prices/ticks`);
    expect(await client.next()).toMatchObject({ event: 'price-tick', data: { amountCents: expect.any(Number) } });
  });
});
