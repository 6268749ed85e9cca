import { Subject, type HubConnection } from '@microsoft/signalr';
import { authenticate, authorize } from '@portico/auth';
import type { Policy } from '@portico/core';
import { connectHub, type HubClientOptions } from '@portico/realtime/testing';
import { callerRateLimit } from '@portico/throttling';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Hubs } from '../../src/index.js';
import { startApp, type TestApp } from '../start-app.js';
import { TalkHub } from './talk.hub.js';

const caller: Policy = {
  name: 'caller-of-test',
  compile: ({ kind }) => ({
    inbound(context) {
      const id = context.headers['x-user'];
      if (kind === 'negotiation' && typeof id === 'string') context.caller = { ...context.caller, kind: 'user', id, key: id, scopes: new Set(id === 'ann' ? ['talk.join'] : []) };
    },
  }),
};

let app: TestApp;
const open: HubConnection[] = [];
beforeAll(async () => {
  app = await startApp({ providers: [TalkHub], policies: [authenticate(), caller, callerRateLimit({ limit: 50, windowMs: 60_000 }), authorize()], overrides: { hubs: { pollTimeoutMs: 500 } } });
});
afterEach(async () => void (await Promise.all(open.splice(0).map((connection) => connection.stop()))));
afterAll(() => app.close());

async function connect(user: string, transport: HubClientOptions['transport'] = 'WebSockets', protocol: HubClientOptions['protocol'] = 'json', url = app.url): Promise<HubConnection> {
  const connection = await connectHub(`${url}/hubs/talk`, { headers: { 'x-user': user }, transport, protocol });
  open.push(connection);
  return connection;
}

const refusal = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe.each([
  ['WebSockets and JSON', 'WebSockets', 'json'],
  ['WebSockets and MessagePack', 'WebSockets', 'messagepack'],
  ['long polling and JSON', 'LongPolling', 'json'],
  ['long polling and MessagePack', 'LongPolling', 'messagepack'],
] as const)('a hub over %s', (_what, transport, protocol) => {
  it('answers the official client, trimmed by the view model', async () => {
    const connection = await connect('bob', transport, protocol);
    expect(await connection.invoke('say', { text: 'hello' })).toEqual({ text: 'HELLO' });
  });

  it('streams both ways', async () => {
    const connection = await connect('bob', transport, protocol);
    const items: unknown[] = [];
    await new Promise<void>((resolve, reject) => connection.stream('count', 3).subscribe({ next: (item) => void items.push(item), complete: resolve, error: reject }));
    expect(items).toEqual([{ text: '1' }, { text: '2' }, { text: '3' }]);
    const lines = new Subject<string>();
    const collected = connection.invoke('collect', lines, '!');
    for (const line of ['a', 'b']) lines.next(line);
    lines.complete();
    expect(await collected).toEqual({ text: 'ab!' });
  });

  it('reaches the members of a group, and nobody else', async () => {
    const [ann, bob] = [await connect('ann', transport, protocol), await connect('bob', transport, protocol)];
    const heard: string[] = [];
    for (const [name, connection] of [['ann', ann], ['bob', bob]] as const) connection.on('news', (news: string) => void heard.push(`${name} ${news}`));
    await ann.invoke('join');
    const clients = app.gateway.app.get(Hubs).clients(TalkHub);
    clients.group('members').send('news', 'for members');
    clients.all.send('news', 'for all');
    await vi.waitFor(() => expect(heard.sort()).toEqual(['ann for all', 'ann for members', 'bob for all']));
  });
});

describe('a call of a method', () => {
  it('passes the pipeline: who lacks the scope is refused', async () => {
    expect(await refusal((await connect('bob')).invoke('join'))).toMatch(/SCOPE_INSUFFICIENT: The token lacks a scope$/);
  });

  it('is validated as a body is, and names every fault', async () => {
    expect(await refusal((await connect('bob')).invoke('say', { text: '', more: 1 }))).toMatch(/REQUEST_INVALID.*body\.text .*body\.more|REQUEST_INVALID.*body\.more .*body\.text/);
  });

  it('counts against the limit of its caller', async () => {
    const connection = await connect('greedy');
    const answers = await Promise.all(Array.from({ length: 60 }, () => refusal(connection.invoke('who'))));
    expect(answers.filter((answer) => answer.includes('LIMIT_EXCEEDED')).length).toBeGreaterThanOrEqual(10);
  });

  it('knows who calls, and from where', async () => {
    expect(await (await connect('ann')).invoke('who')).toEqual({ text: 'ann 127.0.0.1' });
  });

  it('answers nothing that no view model names, and says nothing of why', async () => {
    expect(await refusal((await connect('bob')).invoke('raw'))).toBe("An unexpected error occurred invoking 'raw' on the server.");
  });

  it('is logged with the name of its method', async () => {
    await (await connect('bob')).invoke('say', { text: 'x' });
    expect(await app.logged(({ route }) => route === '/hubs/talk#say')).toMatchObject({ status: 200 });
  });
});

describe('a connection', () => {
  it('is told to the hub when it begins and ends', async () => {
    const hub = app.gateway.app.get(TalkHub);
    await (await connect('eve')).stop();
    await vi.waitFor(() => expect(hub.seen.filter((line) => line.endsWith('eve'))).toEqual(['+eve', '-eve']));
  });

  it.each([
    ['without its ticket', () => ''],
    ['with the ticket of another', (_own: string, other: string) => `&access_token=${other}`],
  ])('is not carried %s', async (_how, query) => {
    const negotiate = async () => (await app.client.post('/hubs/talk/negotiate?negotiateVersion=1')).body as { connectionToken: string; accessToken: string };
    const [own, other] = [await negotiate(), await negotiate()];
    expect((await app.client.get(`/hubs/talk?id=${own.connectionToken}${query(own.accessToken, other.accessToken)}`)).status).toBe(401);
    expect((await app.client.get(`/hubs/talk?id=${own.connectionToken}&access_token=${own.accessToken}`)).status).toBe(200);
  });

  it('is had again by a client that sends the ticket of the one before, as the official one does', async () => {
    const connection = await connect('');
    await connection.stop();
    await connection.start();
    expect(await connection.invoke('say', { text: 'again' })).toEqual({ text: 'AGAIN' });
  });

  it('is not opened by a page of another site, whatever carries it', async () => {
    const evil = { origin: 'https://evil.example' };
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/hubs/talk?id=x`, evil);
    const status = await new Promise((resolve) => socket.on('unexpected-response', (_request, response) => resolve(response.statusCode)).on('error', () => {}));
    expect([status, (await app.client.get('/hubs/talk?id=x').set(evil)).status, (await app.client.post('/hubs/talk?id=x').set(evil)).status]).toEqual([403, 403, 403]);
  });

  it('has the security headers in its answers, the handshake of a WebSocket among them', async () => {
    const { connectionToken, accessToken } = (await app.client.post('/hubs/talk/negotiate?negotiateVersion=1')).body as { connectionToken: string; accessToken: string };
    const socket = new WebSocket(`${app.url.replace('http', 'ws')}/hubs/talk?id=${connectionToken}&access_token=${accessToken}`);
    const headers = await new Promise((resolve) => socket.on('upgrade', (response) => resolve(response.headers)));
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-correlation-id': expect.any(String) });
    socket.terminate();
    expect((await app.client.get('/hubs/talk?id=none')).headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });

  it('is logged as 101 when it has ended', async () => {
    await (await connect('bob')).stop();
    expect(await app.logged(({ route, status }) => route === '/hubs/talk' && status === 101)).toBeDefined();
  });
});

describe('a gateway that ends', () => {
  it('tells its clients to come back, and waits for none', async () => {
    const other = await startApp({ providers: [TalkHub], policies: [authorize()] });
    const connection = await connect('ann', 'WebSockets', 'json', other.url);
    const closed = new Promise((resolve) => connection.onclose(resolve));
    await other.close();
    await closed;
  });
});
