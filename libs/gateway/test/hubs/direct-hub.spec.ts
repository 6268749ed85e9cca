import type { HubConnection } from '@microsoft/signalr';
import { Throttle } from '@nestjs/throttler';
import { authenticate, authorize, Scopes } from '@portico/auth';
import type { Policy } from '@portico/core';
import { Hub, HubMethod } from '@portico/realtime';
import { connectHub } from '@portico/realtime/testing';
import { callerRateLimit } from '@portico/throttling';
import type { IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Hubs } from '../../src/index.js';
import { startApp, type TestApp } from '../start-app.js';
import { TalkHub } from './talk.hub.js';

@Hub('members')
@Scopes('talk.join')
@Throttle({ default: { limit: 3, ttl: 60_000 } })
class MembersHub {
  @HubMethod()
  hello(): void {}
}

const caller: Policy = {
  name: 'caller-of-test',
  compile: ({ kind }) => ({
    async inbound(context) {
      const id = context.headers['x-user'];
      // As a policy that has to ask for keys first.
      await new Promise((resolve) => setImmediate(resolve));
      if (kind === 'negotiation' && typeof id === 'string') context.caller = { ...context.caller, kind: 'user', id, key: id, scopes: new Set(id === 'bob' ? [] : ['talk.join']) };
    },
  }),
};

let app: TestApp;
const open: HubConnection[] = [];
const sockets: WebSocket[] = [];
beforeAll(async () => {
  app = await startApp({ providers: [TalkHub, MembersHub], policies: [authenticate(), caller, callerRateLimit({ limit: 1_000, windowMs: 60_000 }), authorize()], overrides: { hubs: { maxConnections: 3 } } });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.stop()));
  for (const socket of sockets.splice(0)) socket.terminate();
  await vi.waitFor(async () => expect(await app.metric('portico_hub_connections{hub="talk",transport="WebSockets"}')).toBe(0), 10_000);
});
afterAll(() => app.close());

async function connect(protocol: 'json' | 'messagepack' = 'json', prepare: (connection: HubConnection) => void = () => {}): Promise<HubConnection> {
  const connection = await connectHub(`${app.url}/hubs/talk`, { headers: { 'x-user': 'ann' }, skipNegotiation: true, protocol, prepare });
  open.push(connection);
  return connection;
}

/** The answer to a handshake; its body, if it is none of a WebSocket. */
function handshake(path: string, headers: Record<string, string> = {}): Promise<{ answer: IncomingMessage; body: string }> {
  const socket = new WebSocket(app.url.replace('http', 'ws') + path, { headers });
  sockets.push(socket);
  return new Promise((resolve) => {
    socket.on('error', () => {});
    socket.on('upgrade', (answer) => resolve({ answer, body: '' }));
    socket.on('unexpected-response', (_, answer) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve({ answer, body }));
    });
  });
}

const refusalOf = async (path: string, headers?: Record<string, string>): Promise<unknown[]> => {
  const { answer, body } = await handshake(path, headers);
  return [answer.statusCode, (JSON.parse(body) as { code?: string }).code];
};

describe.each(['json', 'messagepack'] as const)('a client that skips the negotiation, in %s', (protocol) => {
  it('calls, is streamed to and hears events as the caller of its handshake', async () => {
    const heard: unknown[] = [];
    const connection = await connect(protocol, (each) => each.on('news', (news) => void heard.push(news)));
    expect(await connection.invoke('who')).toEqual({ text: 'ann 127.0.0.1' });
    const items: unknown[] = [];
    await new Promise<void>((resolve, reject) => connection.stream('count', 2).subscribe({ next: (item) => void items.push(item), complete: resolve, error: reject }));
    await connection.invoke('join');
    app.gateway.app.get(Hubs).clients(TalkHub).group('members').send('news', 'for members');
    await vi.waitFor(() => expect([items, heard]).toEqual([[{ text: '1' }, { text: '2' }], ['for members']]));
  });
});

describe('a handshake without negotiation', () => {
  it('is answered with the fields of every answer, counted, and logged as 101 when its connection has ended', async () => {
    const { answer } = await handshake('/hubs/talk', { 'x-user': 'eve', 'x-correlation-id': 'direct-1' });
    expect([answer.statusCode, answer.headers]).toMatchObject([101, { 'x-content-type-options': 'nosniff', 'x-correlation-id': 'direct-1' }]);
    await vi.waitFor(async () => expect(await app.metric('portico_hub_connections{hub="talk",transport="WebSockets"}')).toBe(1));
    for (const socket of sockets.splice(0)) socket.terminate();
    expect(await app.logged(({ id }) => id === 'direct-1')).toMatchObject({ method: 'GET', route: '/hubs/talk', status: 101 });
  });

  it('is refused as a negotiation is, with a problem, before there is a WebSocket: 401 and 403, with the correlation id, in the log too', async () => {
    expect([await refusalOf('/hubs/members'), await refusalOf('/hubs/members', { 'x-user': 'bob' })]).toEqual([[401, 'TOKEN_MISSING'], [403, 'SCOPE_INSUFFICIENT']]);
    const { answer } = await handshake('/hubs/members', { 'x-correlation-id': 'direct-2' });
    expect(answer.headers).toMatchObject({ 'content-type': expect.stringContaining('application/problem+json'), 'x-correlation-id': 'direct-2', 'www-authenticate': expect.any(String), connection: 'close' });
    expect(await app.logged(({ id }) => id === 'direct-2')).toMatchObject({ status: 401, code: 'TOKEN_MISSING', route: '/hubs/members' });
  });

  it('counts against the limit of the negotiation', async () => {
    const headers = { 'x-user': 'cid' };
    expect((await app.client.post('/hubs/members/negotiate').set(headers)).status).toBe(200);
    for (let count = 0; count < 2; count += 1) expect((await handshake('/hubs/members', headers)).answer.statusCode).toBe(101);
    expect(await refusalOf('/hubs/members', headers)).toEqual([429, 'LIMIT_EXCEEDED']);
    expect((await app.client.post('/hubs/members/negotiate').set(headers)).status).toBe(429);
  });

  it('is refused with 403 to a page of another site, before it is asked who it is', async () => {
    for (const path of ['/hubs/talk', '/hubs/members']) expect(await refusalOf(path, { origin: 'https://evil.example' })).toEqual([403, 'ORIGIN_FORBIDDEN']);
    expect((await handshake('/hubs/talk', { origin: app.url })).answer.statusCode).toBe(101);
  });

  it('is refused with 503 when there are too many connections, as a negotiation is, and logged so', async () => {
    for (let count = 0; count < 3; count += 1) expect((await handshake('/hubs/talk')).answer.statusCode).toBe(101);
    const { answer, body } = await handshake('/hubs/talk', { 'x-correlation-id': 'direct-3' });
    expect([answer.statusCode, answer.headers['x-correlation-id'], body]).toEqual([503, 'direct-3', (await app.client.post('/hubs/talk/negotiate')).text]);
    expect(await app.logged(({ id }) => id === 'direct-3')).toMatchObject({ status: 503 });
  });

  it('is none where there is no hub, at the negotiation, for a poll, and when it is no handshake', async () => {
    expect(await refusalOf('/hubs/nobody')).toEqual([404, 'ROUTE_NOT_FOUND']);
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    expect((await app.client.post('/hubs/talk/negotiate').set({ ...upgrade, 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' })).body).toMatchObject({ code: 'UPGRADE_REFUSED' });
    expect((await app.client.get('/hubs/talk').set(upgrade)).body).toMatchObject({ code: 'UPGRADE_REFUSED' });
    expect((await app.client.get('/hubs/talk')).status).toBe(400);
    expect(await app.metric('portico_hub_connections{hub="talk",transport="LongPolling"}')).toBe(0);
  });
});
