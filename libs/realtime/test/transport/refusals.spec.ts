import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { TestHub, until, type Answer } from './test-hub.js';

let hub: TestHub;

beforeEach(async () => {
  hub = await TestHub.start();
});

afterEach(() => hub.close());

const events = { headers: { accept: 'text/event-stream' } };

/** Sends a WebSocket's handshake, and reads the answer that is no 101. */
async function upgrade(query: string): Promise<Answer> {
  const { request, answer } = hub.begin('GET', query, { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' });
  request.end();
  return answer;
}

async function socketOf(token: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/hubs/shop?id=${token}`);
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return socket;
}

describe('A request of a transport', () => {
  it.each(['GET', 'POST', 'DELETE'])('is answered 400 without an id: %s', async (method) => {
    expect(await hub.ask(method, 'key=1')).toMatchObject({ status: 400, body: 'The query has no id of a connection: negotiate first.' });
    expect((await hub.ask(method, 'id=')).status).toBe(400);
  });

  it.each(['GET', 'POST', 'DELETE'])('is answered 404 for an unknown id, without a question to anybody: %s', async (method) => {
    expect(await hub.ask(method, 'id=nobody')).toMatchObject({ status: 404, body: 'There is no such connection.' });
    expect(hub.admitted).toEqual([]);
  });

  it('is the same for a WebSocket, whose socket is then ended', async () => {
    expect(await upgrade('key=1')).toMatchObject({ status: 400, headers: { connection: 'close', 'cache-control': 'no-cache, no-store' } });
    expect(await upgrade('id=nobody')).toMatchObject({ status: 404, body: 'There is no such connection.' });
    await until(() => hub.sockets.size === 0);
  });

  it('finds the id under a name in any case', async () => {
    expect((await hub.ask('GET', `ID=${hub.grant().token}`)).status).toBe(200);
  });

  it.each(['PUT', 'PATCH', 'OPTIONS', 'HEAD'])('is answered 405 for %s', async (method) => {
    const { token } = hub.grant();
    expect(await hub.ask(method, `id=${token}`)).toMatchObject({ status: 405, headers: { allow: 'GET, POST, DELETE', 'cache-control': 'no-cache, no-store' } });
  });

  it('is answered 400 when the connection has another transport', async () => {
    const { connection: polling } = await hub.polling();
    const { opened } = await hub.streaming();
    const { token } = hub.grant();
    const socket = await socketOf(token);
    const statuses = [
      (await hub.ask('GET', `id=${polling.token}`, events)).status,
      (await upgrade(`id=${polling.token}`)).status,
      (await hub.ask('GET', `id=${opened.connection.token}`)).status,
      (await upgrade(`id=${opened.connection.token}`)).status,
      (await hub.ask('GET', `id=${token}`)).status,
      (await hub.ask('GET', `id=${token}`, events)).status,
    ];
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400]);
    expect([hub.opened.length, hub.opened.flatMap(({ ends }) => ends), socket.readyState]).toEqual([3, [], WebSocket.OPEN]);
  });

  it('is answered 409 when the transport is open already, and the one that is open goes on', async () => {
    const { opened } = await hub.streaming();
    const { token } = hub.grant();
    const socket = await socketOf(token);
    expect((await hub.ask('GET', `id=${opened.connection.token}`, events)).status).toBe(409);
    expect((await upgrade(`id=${token}`)).status).toBe(409);
    expect([hub.opened.length, hub.opened.flatMap(({ ends }) => ends), socket.readyState]).toEqual([2, [], WebSocket.OPEN]);
  });

  it.each([
    ['text/event-stream', 'ServerSentEvents'],
    ['application/json, Text/Event-Stream;q=0.9', 'ServerSentEvents'],
    ['*/*', 'LongPolling'],
    ['text/event-streams', 'LongPolling'],
  ])('is taken, when it accepts %j, for one of %s', async (accept, transport) => {
    const { request } = hub.begin('GET', `id=${hub.grant().token}`, { accept });
    request.end();
    await until(() => hub.opened.length > 0);
    expect(hub.first.channel.transport).toBe(transport);
  });

  it('is answered 405 for a POST beside a WebSocket, and 400 for a DELETE of what does not poll', async () => {
    const { opened } = await hub.streaming();
    const { token } = hub.grant();
    await socketOf(token);
    expect(await hub.ask('POST', `id=${token}`, { body: 'a' })).toMatchObject({ status: 405, headers: { allow: 'GET' } });
    expect((await hub.ask('DELETE', `id=${token}`)).status).toBe(400);
    expect((await hub.ask('DELETE', `id=${opened.connection.token}`)).status).toBe(400);
    expect(hub.opened.flatMap(({ ends, chunks }) => [...ends, ...chunks])).toEqual([]);
  });

  it('is answered 409 for a POST, and 400 for a DELETE, before the transport is open', async () => {
    const { token } = hub.grant();
    expect((await hub.ask('POST', `id=${token}`, { body: 'a' })).status).toBe(409);
    expect((await hub.ask('DELETE', `id=${token}`)).status).toBe(400);
    expect((await hub.ask('GET', `id=${token}`)).status).toBe(200);
  });

  it.each([
    ['WebSockets', [404, 200, 200]],
    ['ServerSentEvents', [101, 404, 200]],
    ['LongPolling', [101, 200, 404]],
  ] as const)('is answered 404 when %s is switched off', async (off, expected) => {
    const some = await TestHub.start({ transports: (['WebSockets', 'ServerSentEvents', 'LongPolling'] as const).filter((name) => name !== off) });
    const statusOf = (headers: Record<string, string>): Promise<number | undefined> => {
      const { request } = some.begin('GET', `id=${some.grant().token}`, headers);
      request.end();
      return new Promise((resolve) => {
        request.on('response', ({ statusCode }) => resolve(statusCode));
        request.on('upgrade', ({ statusCode }) => resolve(statusCode));
      });
    };
    const handshake = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
    expect([await statusOf(handshake), await statusOf({ accept: 'text/event-stream' }), await statusOf({})]).toEqual(expected);
    await some.close();
  });

  it('is admitted each time, and refused with the status that is named', async () => {
    const { connection } = await hub.polling();
    const { token } = hub.grant();
    hub.admitted.length = 0;
    hub.refusal = 403;
    for (const method of ['GET', 'POST', 'DELETE']) expect(await hub.ask(method, `id=${connection.token}`, { body: 'a' })).toMatchObject({ status: 403, body: 'Forbidden.' });
    hub.refusal = 401;
    expect(await upgrade(`id=${token}`)).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(hub.admitted).toEqual([`GET ${connection.token}`, `POST ${connection.token}`, `DELETE ${connection.token}`, `GET ${token}`]);
    expect([hub.first.ends, hub.first.chunks, hub.opened.length]).toEqual([[], [], 1]);
    hub.refusal = undefined;
    await socketOf(token);
    expect((await hub.ask('DELETE', `id=${connection.token}`)).status).toBe(202);
  });

  it('is not begun for a client that has left meanwhile', async () => {
    const { token } = hub.grant();
    const response = { destroyed: true } as never;
    hub.endpoint.serve({ method: 'GET', url: `/?id=${token}`, headers: {} } as never, response);
    expect(hub.opened).toEqual([]);
  });
});
