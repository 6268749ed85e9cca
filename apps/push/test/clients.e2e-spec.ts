import { systemClock } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { signToken } from '@portico/realtime';
import { connectHub } from '@portico/realtime/testing';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { connectPush, type PushClient } from './connect-push.js';
import { RecordingService } from './recording-service.js';
import { accessKey, secondaryKey, startPush, type TestPush, type TestPushOptions } from './start-push.js';

let push: TestPush;
const clients: PushClient[] = [];

afterEach(async () => {
  await Promise.all(clients.splice(0).map(({ connection }) => connection.stop()));
  await push?.close();
});

async function start(options?: TestPushOptions): Promise<TestPush> {
  push = await startPush(options);
  return push;
}

async function connect(...args: Parameters<typeof connectPush>): Promise<PushClient> {
  const client = await connectPush(...args);
  clients.push(client);
  return client;
}

const url = (path: string): string => `${push.url}${path}`;
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const clientToken = (claims: Record<string, unknown> = {}, hub = 'shop', key = accessKey): string =>
  signToken(claims, { accessKey: key, audience: `${push.publicUrl}/client/?hub=${hub}`, lifeS: 60, clock: systemClock });

function negotiate(token: string | undefined, query = 'hub=shop&negotiateVersion=1', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url(`/client/negotiate?${query}`), { method: 'POST', headers: { ...(token !== undefined && bearer(token)), ...headers } });
}

async function granted(token: string): Promise<string> {
  const { connectionToken } = (await (await negotiate(token)).json()) as { connectionToken: string };
  return connectionToken;
}

/** The status that a WebSocket handshake is refused with; 101 when it is not. */
function upgradeStatus(path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url(path).replace('http', 'ws'), { headers });
    socket.on('open', () => (resolve(101), socket.terminate()));
    socket.on('unexpected-response', (request, response) => (resolve(response.statusCode ?? 0), request.destroy()));
    socket.on('error', () => {});
  });
}

describe('a negotiation', () => {
  it('is granted to a token of either key, whatever the case of the hub', async () => {
    await start();
    for (const token of [clientToken(), clientToken({}, 'shop', secondaryKey)]) expect((await negotiate(token)).status).toBe(200);
    expect((await negotiate(clientToken({}, 'Shop'), 'hub=Shop&negotiateVersion=1')).status).toBe(200);
    expect((await negotiate(clientToken(), 'hub=Shop&negotiateVersion=1')).status).toBe(200);
  });

  it('is refused with 401 without a token that is good for this hub now', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock });
    const good = clientToken();
    const unended = `${good.split('.')[0]}.${Buffer.from(JSON.stringify({ aud: `${push.publicUrl}/client/?hub=shop` })).toString('base64url')}.x`;
    for (const token of [undefined, `${good}x`, clientToken({}, 'shop', 'another-key-that-nobody-knows-here'), clientToken({}, 'other'), unended]) {
      const answer = await negotiate(token);
      expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer/)]);
    }
    expect((await negotiate(good)).status).toBe(200);
    await clock.advance(61_000);
    expect(await (await negotiate(good)).json()).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  it('is refused to a token that never ends, or that was signed in another way', async () => {
    const { default: jwt } = await import('jsonwebtoken');
    await start();
    const aud = `${push.publicUrl}/client/?hub=shop`;
    expect((await negotiate(jwt.sign({ aud }, accessKey))).status).toBe(401);
    expect((await negotiate(jwt.sign({ aud }, accessKey, { expiresIn: 60, algorithm: 'HS512' }))).status).toBe(401);
    expect((await negotiate(jwt.sign({ aud }, '', { expiresIn: 60, algorithm: 'none' }))).status).toBe(401);
    expect((await negotiate(jwt.sign({ aud }, accessKey, { expiresIn: 60 }))).status).toBe(200);
  });

  it('needs the token in the Authorization field', async () => {
    await start();
    expect((await negotiate(undefined, `hub=shop&negotiateVersion=1&access_token=${clientToken()}`)).status).toBe(401);
  });

  it('is refused for what is no hub, and for more hubs than are allowed', async () => {
    await start({ config: { maxHubs: 1 } });
    for (const query of ['negotiateVersion=1', 'hub=', 'hub=1shop', 'hub=a%2Fb']) expect((await negotiate(clientToken(), query)).status).toBe(400);
    expect((await negotiate(clientToken())).status).toBe(200);
    const answer = await negotiate(clientToken({}, 'second'), 'hub=second&negotiateVersion=1');
    expect([answer.status, await answer.json()]).toEqual([429, expect.objectContaining({ code: 'LIMIT_EXCEEDED' })]);
  });
});

describe("a transport's request", () => {
  it('is refused with 403 to another user than that of the negotiation, with 401 without a token, and taken from the same', async () => {
    await start();
    const id = await granted(clientToken({ nameid: 'ann' }));
    const path = `/client/?hub=shop&id=${id}`;
    expect(await upgradeStatus(path, bearer(clientToken({ nameid: 'bob' })))).toBe(403);
    expect(await upgradeStatus(path)).toBe(401);
    expect(await upgradeStatus('/elsewhere')).toBe(404);
    expect((await fetch(url(path), { headers: bearer(clientToken({ nameid: 'bob' })) })).status).toBe(403);
    expect(await upgradeStatus(`${path}&access_token=${clientToken({ nameid: 'ann' })}`)).toBe(101);
  });

  it('may bring its token in the query for an event stream, and not for a poll', async () => {
    await start();
    const path = async (): Promise<string> => url(`/client?hub=shop&id=${await granted(clientToken())}&access_token=${clientToken()}`);
    const poll = await fetch(await path());
    const stream = await fetch(await path(), { headers: { accept: 'text/event-stream' } });
    expect([poll.status, stream.status]).toEqual([401, 200]);
    await stream.body?.cancel();
  });
});

describe('a client that skips the negotiation', () => {
  const path = '/client/?hub=shop';

  it.each(['json', 'messagepack'] as const)('calls, hears what its user is told, and is told to services, in %s', async (protocol) => {
    const service = await new RecordingService().start();
    onTestFinished(() => service.close());
    await start({ rules: [{ urlTemplate: `${service.url}/{hub}/{category}/{event}` }] });
    const heard: unknown[][] = [];
    const connection = await connectHub(url(path), { skipNegotiation: true, protocol, headers: bearer(clientToken({ nameid: 'ann' })), prepare: (each) => each.on('news', (...args) => void heard.push(args)) });
    await connection.invoke('hello', 1);
    await push.endpoint.hub('shop').user('ann').send('news', 'for ann');
    await expect.poll(() => heard).toEqual([['for ann']]);
    await connection.stop();
    await expect.poll(() => service.seen.map(({ path: at, headers }) => [at, headers['x-asrs-user-id'], headers['x-asrs-client-query']])).toEqual([
      ['/shop/connections/connected', 'ann', '?hub=shop'],
      ['/shop/messages/hello', 'ann', '?hub=shop'],
      ['/shop/connections/disconnected', 'ann', '?hub=shop'],
    ]);
  });

  it('may bring its token in the query, which services are not told', async () => {
    const service = await new RecordingService().start();
    onTestFinished(() => service.close());
    await start({ rules: [{ urlTemplate: `${service.url}/{hub}/{category}/{event}` }] });
    expect(await upgradeStatus(`${path}&access_token=${clientToken()}&tab=2`)).toBe(101);
    const socket = new WebSocket(`${url(path).replace('http', 'ws')}&access_token=${clientToken()}&tab=3`);
    socket.on('open', () => socket.send('{"protocol":"json","version":1}\u001e'));
    await expect.poll(() => service.seen.map(({ headers }) => headers['x-asrs-client-query'])).toEqual(['?hub=shop&tab=3']);
    socket.terminate();
  });

  it('is refused with 401 without a token that is good for this hub now, with 403 from a page that may not connect, with 400 for what is no hub', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock });
    const good = clientToken();
    expect(await Promise.all([upgradeStatus(path), upgradeStatus(path, bearer(`${good}x`)), upgradeStatus(path, bearer(clientToken({}, 'other'))), upgradeStatus(`${path}&access_token=${good}`, bearer(good))])).toEqual([401, 401, 401, 401]);
    expect([await upgradeStatus(path, { ...bearer(good), origin: 'https://evil.example' }), await upgradeStatus('/client', bearer(good)), await upgradeStatus(path, bearer(good))]).toEqual([403, 400, 101]);
    await clock.advance(61_000);
    expect(await upgradeStatus(path, bearer(good))).toBe(401);
  });

  it('is refused with 503 when there are too many connections, until one has ended', async () => {
    await start({ config: { hubs: { maxConnections: 1 } } });
    const connection = await connectHub(url(path), { skipNegotiation: true, headers: bearer(clientToken()) });
    expect(await upgradeStatus(path, bearer(clientToken()))).toBe(503);
    await connection.stop();
    await expect.poll(() => upgradeStatus(path, bearer(clientToken()))).toBe(101);
  });

  it('ends within a second of its token, if the service wants so', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock, config: { hubs: { clientTimeoutMs: 600_000 } } });
    const closed: unknown[] = [];
    const token = clientToken({ 'asrs.s.coae': 'true' });
    await connectHub(url(path), { skipNegotiation: true, headers: bearer(token), prepare: (each) => each.onclose((error) => void closed.push(error?.message)) });
    await clock.advance(58_000);
    expect(closed).toEqual([]);
    await clock.advance(3_000);
    await expect.poll(() => closed).toEqual([expect.stringContaining('The token has ended.')]);
  });
});

describe('a connection', () => {
  it('ends within a second of its token, in a way that its client comes back from, if the service wants so', async () => {
    const clock = new ManualClock(Date.now());
    await start({ clock, config: { hubs: { clientTimeoutMs: 600_000 } } });
    const [bound, free] = [await connect(push.endpoint, 'shop', { minutes: 1, closeAtEnd: true }), await connect(push.endpoint, 'shop', { minutes: 1 })];
    await clock.advance(58_000);
    await push.endpoint.hub('shop').all.send('news', 'still here');
    await expect.poll(() => [bound.heard, free.heard]).toEqual([[['still here']], [['still here']]]);
    expect(bound.closed).toBeUndefined();
    await clock.advance(3_000);
    await expect.poll(() => bound.closed?.error?.message).toContain('The token has ended.');
    expect(free.closed).toBeUndefined();
  });
});

describe('a page', () => {
  const origin = 'https://shop.example';

  it('connects from an origin that is allowed, by a preflight and over a WebSocket', async () => {
    await start({ config: { cors: { origins: [origin] } } });
    const preflight = await fetch(url('/client/negotiate?hub=shop'), { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({ 'access-control-allow-origin': origin, 'access-control-allow-credentials': 'true', 'access-control-allow-headers': expect.stringContaining('authorization'), 'access-control-max-age': '600' });
    const client = await connect(push.endpoint, 'shop', {}, { origin });
    await push.endpoint.hub('shop').all.send('news', 1);
    await expect.poll(() => client.heard).toEqual([[1]]);
    const poll = await fetch(url(`/client/?hub=shop&id=${await granted(clientToken())}`), { headers: { ...bearer(clientToken()), origin } });
    expect([poll.status, poll.headers.get('access-control-allow-origin')]).toEqual([200, origin]);
  });

  it('is refused from any other origin, everywhere', async () => {
    await start({ config: { cors: { origins: [origin] } } });
    const id = await granted(clientToken());
    const headers = { ...bearer(clientToken()), origin: 'https://evil.example' };
    for (const answer of [await negotiate(clientToken(), undefined, headers), await fetch(url('/client/negotiate'), { method: 'OPTIONS', headers }), await fetch(url(`/client/?hub=shop&id=${id}`), { headers })]) {
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
    expect(await upgradeStatus(`/client/?hub=shop&id=${id}`, headers)).toBe(403);
  });

  it('connects from anywhere when every origin is allowed, and from nowhere by default', async () => {
    await start({ config: { cors: { origins: ['*'] } } });
    expect((await negotiate(clientToken(), undefined, { origin })).headers.get('access-control-allow-origin')).toBe(origin);
    await push.close();
    await start();
    expect((await negotiate(clientToken(), undefined, { origin })).status).toBe(403);
  });
});

describe('the end of the service', () => {
  it('sends clients away in a way that they come back from', async () => {
    await start();
    const client = await connect(push.endpoint, 'shop');
    await push.close();
    await expect.poll(() => client.closed).toBeDefined();
    expect(client.closed?.error).toBeUndefined();
    await expect(fetch(url('/health'))).rejects.toThrow();
  });
});
