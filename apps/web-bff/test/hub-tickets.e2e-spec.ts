import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSessions } from '@portico/auth';
import { hubTicket, RawHubClient, sendRequest, startTestGateway, type TestGateway } from '@portico/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

const own = { origin: 'http://localhost:3010' };
const evil = { origin: 'https://evil.example' };
const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
const events = { accept: 'text/event-stream' };
const transports = [
  ['a WebSocket', 'GET', upgrade],
  ['an event stream', 'GET', events],
  ['a poll', 'GET', {}],
  ['a POST', 'POST', {}],
  ['a DELETE', 'DELETE', {}],
] as const;

let bff: TestGateway;
const clients: RawHubClient[] = [];

const wish = (user = 'c-ann', headers = bff.signedIn({ user })) => ({ url: `${bff.url}/hubs/web`, headers: { ...headers, ...own } });

async function connect(user?: string, headers?: Readonly<Record<string, string>>): Promise<RawHubClient> {
  const client = await RawHubClient.connect(wish(user, headers));
  clients.push(client);
  return client;
}

/** Status of what a request of a transport is answered with; what it opens is ended. */
function statusOf(method: string, query: string, headers: object): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = sendRequest(`${bff.url}/hubs/web?${query}`, { method, headers: { ...headers }, agent: false });
    asked.on('error', reject);
    asked.on('response', ({ statusCode, socket }) => {
      resolve(statusCode);
      asked.off('error', reject).on('error', () => {});
      socket.destroy();
    });
    asked.on('upgrade', ({ statusCode }, socket) => {
      resolve(statusCode);
      socket.destroy();
    });
    asked.end();
  });
}

async function opened(): Promise<number> {
  const counts = await Promise.all(['WebSockets', 'ServerSentEvents', 'LongPolling'].map((transport) => bff.metric(`portico_hub_connections_opened_total{hub="web",transport="${transport}"}`)));
  return counts.reduce((sum, count) => sum + count);
}

beforeAll(async () => {
  bff = await startTestGateway(webBff, {});
});
afterEach(() => {
  for (const client of clients.splice(0)) client.vanish();
});
afterAll(() => bff.close());

describe('a connection to the hub of the web BFF', () => {
  it.each(transports)('is not had with the ticket of another, by %s, and is there for who has its own', async (_what, method, headers) => {
    const [mine, other] = [await hubTicket(wish()), await hubTicket(wish())];
    const stolen = `${mine.split('&')[0]}&${other.split('&')[1]}`;
    const before = await opened();
    expect(await statusOf(method, stolen, { ...own, ...headers })).toBe(401);
    expect(await opened()).toBe(before);
    expect(await statusOf('GET', mine, { ...own, ...upgrade })).toBe(101);
  });

  it.each(transports)('is not used by a page of another site once it is open, by %s, though that has its ticket', async (_what, method, headers) => {
    const query = await hubTicket(wish());
    expect(await statusOf('GET', query, own)).toBe(200);
    const before = await opened();
    expect(await statusOf(method, query, { ...evil, ...headers })).toBe(403);
    expect(await statusOf(method, query, headers)).toBe(403);
    expect(await opened()).toBe(before);
    expect(await statusOf('POST', query, own)).toBe(200);
    expect(await statusOf('DELETE', query, own)).toBe(202);
  });

  it('is not had without negotiation, with whatever cookie, for a page of another site would send that too', async () => {
    const before = await opened();
    for (const headers of [own, { ...own, ...bff.signedIn() }]) {
      const asked = sendRequest(`${bff.url}/hubs/web`, { headers: { ...headers, ...upgrade }, agent: false }).end();
      const [answer] = (await once(asked, 'response')) as [IncomingMessage];
      expect([answer.statusCode, await text(answer), answer.headers['x-correlation-id']]).toEqual([400, 'The query has no id of a connection: negotiate first.', expect.any(String)]);
    }
    expect(await statusOf('GET', '', { ...evil, ...bff.signedIn(), ...upgrade })).toBe(403);
    expect(await opened()).toBe(before);
  });

  it('is not had twice by one ticket, neither while it lasts nor when it is over', async () => {
    const query = await hubTicket(wish());
    const stream = await fetch(`${bff.url}/hubs/web?${query}`, { headers: { ...own, ...events } });
    expect([stream.status, await statusOf('GET', query, { ...own, ...events }), await statusOf('GET', query, own)]).toEqual([200, 409, 400]);
    await stream.body?.cancel();
    await vi.waitFor(async () => expect(await statusOf('GET', query, { ...own, ...events })).toBe(404), 10_000);
    expect(await statusOf('GET', query, { ...own, ...upgrade })).toBe(404);
  });

  it('takes no other methods, and its negotiation only POST', async () => {
    const query = await hubTicket(wish());
    const answers = [];
    for (const method of ['PUT', 'PATCH', 'HEAD']) answers.push(await fetch(`${bff.url}/hubs/web?${query}`, { method, headers: own }));
    for (const method of ['GET', 'PUT', 'DELETE']) answers.push(await fetch(`${bff.url}/hubs/web/negotiate`, { method, headers: own }));
    expect(answers.map(({ status, headers }) => [status, headers.get('allow')])).toEqual([
      [405, 'DELETE, GET, POST'],
      [405, 'DELETE, GET, POST'],
      [405, 'DELETE, GET, POST'],
      [405, 'POST'],
      [405, 'POST'],
      [405, 'POST'],
    ]);
    expect(await statusOf('GET', query, { ...own, ...upgrade })).toBe(101);
  });

  it('ends when its session does: its client may come back, and is nobody then; that of another session goes on', async () => {
    const other = await connect('c-bob');
    const headers = bff.signedIn({ user: 'c-ann' });
    const client = await connect('c-ann', headers);
    const id = (headers['cookie'] ?? '').split('=')[1] ?? '';
    expect(await bff.gateway.app.get(WebSessions, { strict: false }).end(id)).toBe(true);
    expect(await client.closed).toBe(1000);
    expect(client.heard.at(-1)).toEqual({ type: 7, error: 'You are signed out.', allowReconnect: true });
    await vi.waitFor(async () => expect(await bff.metric('portico_hub_connections_closed_total{hub="web",reason="closed"}')).toBe(1), 10_000);
    expect(await other.call('untrackOrder', { id: 'o-000001' })).not.toHaveProperty('error');
    const again = await connect('c-ann', headers);
    expect(await again.call('untrackOrder', { id: 'o-000001' })).toMatchObject({ error: expect.stringContaining('TOKEN_MISSING') });
  });
});
