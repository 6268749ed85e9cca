import { Hubs } from '@portico/gateway';
import { hubTicket, RawHubClient, sendRequest, startTestGateway, type TestGateway } from '@portico/testing';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { priceTicks } from '../src/live/live-events.js';
import { ShopHub } from '../src/live/shop.hub.js';
import { webBff } from '../src/web-bff.js';

const origin = 'http://localhost:3010';
const largestMessage = 4_096;
const frame = { text: 0x81, reservedBit: 0xc1, reservedOpcode: 0x83, pingInParts: 0x09, close: 0x88 } as const;
const masked = [0x80, 0, 0, 0, 0] as const;
const closedFor = (reason: string): string => `portico_hub_connections_closed_total{hub="web",reason="${reason}"}`;
const openBy = (transport: string): string => `portico_hub_connections{hub="web",transport="${transport}"}`;

let bff: TestGateway;
const clients: RawHubClient[] = [];

const wish = (user = 'c-ann') => ({ url: `${bff.url}/hubs/web`, headers: { ...bff.signedIn({ user }), origin } });

async function connect(user?: string): Promise<RawHubClient> {
  const client = await RawHubClient.connect(wish(user));
  clients.push(client);
  return client;
}

/** A call that is answered without a service. */
async function isServed(client: RawHubClient): Promise<void> {
  expect(await client.call('untrackOrder', { id: 'o-000001' })).toEqual({ type: 3, invocationId: expect.any(String) });
}

/** Nothing is held any more but the connections of `others`, and one more has ended for the reason. */
async function isGone(reason: string, before: number, others = 1): Promise<void> {
  await vi.waitFor(async () => expect([await bff.metric(openBy('WebSockets')), await bff.metric(closedFor(reason))]).toEqual([others, before + 1]), 10_000);
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.vanish();
  await vi.waitFor(async () => expect(await bff.metric(openBy('WebSockets'))).toBe(0), 10_000);
});

describe('the hub of the web BFF', () => {
  beforeAll(async () => {
    bff = await startTestGateway(webBff, {}, { hubs: { maxMessageBytes: largestMessage } });
  });
  afterAll(() => bff.close());

  it.each<[string, (client: RawHubClient) => void, number, string]>([
    ['a frame with a reserved bit', (client) => client.wire(frame.reservedBit, ...masked), 1002, 'malformed'],
    ['a frame with an opcode that nobody knows', (client) => client.wire(frame.reservedOpcode, ...masked), 1002, 'malformed'],
    ['a frame without a mask', (client) => client.wire(frame.text, 2, 0x7b, 0x7d), 1002, 'malformed'],
    ['a ping in several frames', (client) => client.wire(frame.pingInParts, ...masked), 1002, 'malformed'],
    ['a close frame with a status that no frame carries', (client) => client.wire(frame.close, 0x82, 0, 0, 0, 0, 0x03, 0xed), 1002, 'malformed'],
    ['text that is no UTF-8', (client) => client.wire(frame.text, 0x82, 0, 0, 0, 0, 0xff, 0xfe), 1007, 'malformed'],
    ['a message that is longer than four of the longest records', (client) => client.text('x'.repeat(4 * largestMessage + 1)), 1009, 'malformed'],
    ['a record that is too long', (client) => client.say({ type: 1, target: 'untrackOrder', arguments: ['x'.repeat(largestMessage)] }), 1002, 'malformed'],
    ['what is no JSON', (client) => client.text('hello\u001e'), 1002, 'malformed'],
    ['a call without a target', (client) => client.say({ type: 1, arguments: [] }), 1002, 'malformed'],
    ['more messages than a second allows', (client) => client.say(...Array.from({ length: 201 }, () => ({ type: 6 }))), 1008, 'refused'],
  ])('ends the connection of a client that sends %s, and serves the others', async (_what, act, code, reason) => {
    const other = await connect('c-bob');
    const client = await connect();
    const before = await bff.metric(closedFor(reason));
    act(client);
    expect(await client.closed).toBe(code);
    await isGone(reason, before);
    await isServed(other);
  });

  it('tells a client what was wrong with its message before it closes, and nothing of itself', async () => {
    const client = await connect();
    client.text('hello\u001e');
    await client.closed;
    expect(client.heard.at(-1)).toEqual({ type: 7, error: expect.stringMatching(/^[^\n]{1,200}$/), allowReconnect: false });
  });

  it.each([
    ['is no JSON', 'hello\u001e'],
    ['names another protocol', '{"protocol":"protobuf","version":1}\u001e'],
    ['names another version', '{"protocol":"json","version":3}\u001e'],
    ['has no end', 'x'.repeat(4_097)],
  ])('answers a handshake that %s with an error, and ends', async (_what, text) => {
    const other = await connect('c-bob');
    const before = await bff.metric(closedFor('malformed'));
    const client = await RawHubClient.open(wish());
    client.text(text);
    expect(await client.closed).toBe(1002);
    expect(client.heard).toEqual([{ error: expect.any(String) }]);
    await isGone('malformed', before);
    await isServed(other);
  });

  it('lets go of a client that is gone without a word', async () => {
    const other = await connect('c-bob');
    const client = await connect();
    const before = await bff.metric(closedFor('lost'));
    client.vanish();
    await isGone('lost', before);
    await isServed(other);
  });

  it('does nothing of what a client sends behind its fault', async () => {
    const client = await connect();
    const before = await bff.metric('portico_hub_calls_total{hub="web"}');
    client.text(`hello\u001e${JSON.stringify({ type: 1, target: 'untrackOrder', arguments: [{ id: 'o-000001' }] })}\u001e`);
    client.say({ type: 1, target: 'untrackOrder', arguments: [{ id: 'o-000001' }] });
    expect(await client.closed).toBe(1002);
    expect(await bff.metric('portico_hub_calls_total{hub="web"}')).toBe(before);
  });

  it('counts what it sends in pieces of 2 KB, once for each client', async () => {
    const both = [await connect(), await connect('c-bob')];
    const sent = 'portico_hub_messages_sent_total{hub="web"}';
    const before = await bff.metric(sent);
    sendTicks(1, 40);
    for (const client of both) await client.hears(isTick(1));
    // 40 ticks take between 2 and 4 KB.
    expect((await bff.metric(sent)) - before).toBe(4);
  });
});

/** Tells everybody of prices, as many as wanted. */
function sendTicks(number: number, count: number): void {
  const ticks = Array.from({ length: count }, () => ({ productId: 'p-000001', currency: 'EUR', amountCents: number, previousCents: 0 }));
  priceTicks.send(bff.gateway.app.get(Hubs).clients(ShopHub).all, { ticks });
}

const numberOf = (record: object): number | undefined => (record as { arguments?: [{ ticks: [{ amountCents: number }] }] }).arguments?.[0].ticks[0].amountCents;
const isTick = (number: number) => (record: object): boolean => numberOf(record) === number;

describe('a client of the hub of the web BFF that reads no more', () => {
  beforeAll(async () => {
    bff = await startTestGateway(webBff, {}, { hubs: { maxBufferedBytes: 262_144 } });
  });
  afterAll(() => bff.close());

  it.each<[string, () => Promise<unknown>]>([
    ['WebSockets', async () => (await connect()).pause()],
    ['ServerSentEvents', () => openPlain({ accept: 'text/event-stream' })],
    ['LongPolling', () => openPlain({})],
  ])('is cut off over %s, and the others miss nothing', async (transport, open) => {
    const other = await connect('c-bob');
    const before = await bff.metric(closedFor('slow'));
    const others = await bff.metric(openBy(transport));
    await open();
    expect(await bff.metric(openBy(transport))).toBe(others + 1);
    let sent = 0;
    while ((await bff.metric(closedFor('slow'))) === before) {
      sendTicks(++sent, 2_000);
      await other.hears(isTick(sent));
    }
    expect(other.heard.flatMap((record) => numberOf(record) ?? [])).toEqual(Array.from({ length: sent }, (_, index) => index + 1));
    expect(await bff.metric(openBy(transport))).toBe(others);
    await isServed(other);
  });

  /** Opens a connection over plain HTTP and shakes hands, and takes nothing of what comes. */
  async function openPlain(headers: Readonly<Record<string, string>>): Promise<void> {
    const url = `${bff.url}/hubs/web?${await hubTicket(wish())}`;
    const asked = sendRequest(url, { headers: { origin, ...headers }, agent: false }).on('error', () => {});
    asked.end();
    await once(asked, 'response');
    onTestFinished(() => void asked.destroy());
    expect((await fetch(url, { method: 'POST', headers: { origin }, body: '{"protocol":"json","version":1}\u001e' })).status).toBe(200);
  }
});

describe('a client of the hub of the web BFF that keeps silent', () => {
  beforeAll(async () => {
    bff = await startTestGateway(webBff, {}, { hubs: { handshakeTimeoutMs: 2_000, clientTimeoutMs: 2_000, disconnectTimeoutMs: 2_000, maxConnections: 2 } });
  });
  afterAll(() => bff.close());

  it('is closed when its handshake does not come, and another is served', async () => {
    const client = await RawHubClient.open(wish());
    expect(await client.closed).toBe(1008);
    expect(client.heard).toEqual([{ error: 'The handshake did not come in time.' }]);
    await isGone('refused', 0, 0);
    await isServed(await connect());
  });

  it('is dropped after its time when it says nothing any more, as one whose network is gone, and another is served', async () => {
    const before = await bff.metric(closedFor('lost'));
    const client = await connect();
    client.pause();
    await isGone('lost', before, 0);
    await isServed(await connect());
  });

  it('keeps its place from others only for a while when it negotiates and never comes', async () => {
    const negotiate = async (): Promise<number> => (await bff.anonymous.post('/hubs/web/negotiate?negotiateVersion=1').set({ origin })).status;
    expect([await negotiate(), await negotiate(), await negotiate()]).toEqual([200, 200, 503]);
    await vi.waitFor(async () => expect(await negotiate()).toBe(200), 10_000);
    expect(await bff.metric(openBy('WebSockets'))).toBe(0);
  });
});
