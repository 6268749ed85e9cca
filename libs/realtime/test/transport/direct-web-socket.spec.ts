import { anonymousCaller, type Caller } from '@portico/core';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { HubEndpointOptions } from '../../src/transport/hub-endpoint-options.js';
import { TestHub, until, type Answer } from './test-hub.js';

const ann: Caller = { ...anonymousCaller, kind: 'user', id: 'ann', key: 'user:ann' };
const fields = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
const hubs: TestHub[] = [];

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

async function start(options?: Partial<HubEndpointOptions>, node?: string): Promise<TestHub> {
  const hub = await TestHub.start(options, node);
  hub.direct = ann;
  hubs.push(hub);
  return hub;
}

async function open(hub: TestHub, query = ''): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/hubs/shop${query}`);
  socket.on('error', () => {});
  await new Promise((resolve, reject) => socket.on('open', resolve).on('unexpected-response', (_, { statusCode }) => reject(new Error(`${statusCode}`))));
  return socket;
}

/** What a handshake is answered with that gets no WebSocket. */
function refusal(hub: TestHub, headers: Record<string, string> = fields): Promise<Answer> {
  const { request, answer } = hub.begin('GET', 'key=1', headers);
  request.end();
  return answer;
}

describe('A WebSocket without negotiation', () => {
  it('makes a connection of its caller, with an id and a token as negotiated ones have, that carries both ways', async () => {
    const hub = await start({}, 'node-1');
    const received: unknown[] = [];
    const socket = await open(hub);
    socket.on('message', (data) => received.push(String(data)));
    const { connection, channel, chunks } = hub.first;
    expect(connection).toEqual({ id: expect.stringMatching(/^node-1\.[\w-]{22}$/), token: expect.stringMatching(/^node-1\.[\w-]{22}$/), resumable: false, caller: ann });
    expect(connection.token).not.toBe(connection.id);
    channel.send('down');
    socket.send('up');
    await until(() => received.length > 0 && chunks.length > 0);
    expect([received, chunks, hub.admitted]).toEqual([['down'], ['up'], []]);
  });

  it('makes one for an empty id too, and another each time', async () => {
    const hub = await start();
    await open(hub, '?id=');
    await open(hub, '?ID=');
    expect(new Set(hub.opened.map(({ connection: { id } }) => id)).size).toBe(2);
  });

  it('leaves a handshake with an id to the negotiation', async () => {
    const hub = await start();
    await expect(open(hub, '?id=nobody')).rejects.toThrow('404');
    const { token } = hub.grant();
    await open(hub, `?id=${token}`);
    expect([hub.first.connection.caller, hub.admitted]).toEqual([anonymousCaller, [`GET ${token}`]]);
  });

  it('cannot be taken up by another request, not even when it asks for stateful reconnect', async () => {
    const hub = await start();
    await open(hub, '?useStatefulReconnect=true');
    const { connection } = hub.first;
    expect(connection.resumable).toBe(false);
    await expect(open(hub, `?id=${connection.id}`)).rejects.toThrow('404');
    await expect(open(hub, `?id=${connection.token}`)).rejects.toThrow('409');
  });

  it('ends with its socket', async () => {
    const hub = await start();
    (await open(hub)).terminate();
    await until(() => hub.first.ends.length > 0);
    expect([hub.endpoint.size, hub.clock.pending]).toEqual([0, 0]);
  });

  it('counts among the connections, and is refused with 503 when there are too many', async () => {
    const hub = await start({ maxConnections: 2 });
    const socket = await open(hub);
    hub.grant();
    expect(hub.endpoint.size).toBe(2);
    expect(await refusal(hub)).toMatchObject({ status: 503, body: 'There are too many connections.', headers: { 'x-field': 'of the caller', connection: 'close' } });
    expect(hub.endpoint.refusalOfDirect()).toMatchObject({ status: 503 });
    socket.close();
    await until(() => hub.endpoint.size === 1);
    expect(hub.endpoint.refusalOfDirect()).toBeUndefined();
    await open(hub);
  });

  it('is refused with 503 by an instance that stops; those that are open go on', async () => {
    const hub = await start();
    await open(hub);
    hub.endpoint.stop();
    expect(await refusal(hub)).toMatchObject({ status: 503, body: 'This instance is stopping.' });
    expect([hub.opened.length, hub.first.ends]).toEqual([1, []]);
  });

  it('is refused with 404 where WebSockets are switched off', async () => {
    const hub = await start({ transports: ['LongPolling'] });
    expect(await refusal(hub)).toMatchObject({ status: 404, body: 'This transport is switched off.' });
  });

  it('is refused with 400 where its caller is not known', async () => {
    const hub = await start();
    hub.direct = undefined;
    expect(await refusal(hub)).toMatchObject({ status: 400, body: 'The query has no id of a connection: negotiate first.' });
    expect(hub.endpoint.size).toBe(0);
  });

  it('leaves nothing behind when its handshake is none', async () => {
    const hub = await start();
    expect((await refusal(hub, { ...fields, 'sec-websocket-key': 'none' })).status).toBe(400);
    expect([hub.endpoint.size, hub.opened]).toEqual([0, []]);
  });

  it('has the fields of its caller in the answer', async () => {
    const hub = await start();
    const socket = new WebSocket(`ws://127.0.0.1:${hub.port}/hubs/shop`);
    expect(await new Promise((resolve) => socket.on('upgrade', ({ headers }) => resolve(headers)))).toMatchObject({ 'x-field': 'of the caller' });
  });
});
