import { anonymousCaller } from '@portico/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { HubEndpointOptions } from '../../src/transport/hub-endpoint-options.js';
import type { NegotiateAnswer } from '../../src/transport/negotiate.js';
import { TestHub } from './test-hub.js';

const hubs: TestHub[] = [];

afterEach(async () => {
  await Promise.all(hubs.splice(0).map((hub) => hub.close()));
});

async function start(options?: Partial<HubEndpointOptions>): Promise<TestHub> {
  const hub = await TestHub.start(options);
  hubs.push(hub);
  return hub;
}

const ask = (hub: TestHub, query: string): NegotiateAnswer => hub.endpoint.negotiate(new URLSearchParams(query), anonymousCaller);

const allTransports = [
  { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
  { transport: 'ServerSentEvents', transferFormats: ['Text'] },
  { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
];

describe('Negotiate', () => {
  it('grants a public id and a secret token since version 1, each of 128 bits', async () => {
    const hub = await start();
    const { status, body, connection } = ask(hub, 'negotiateVersion=1');
    expect([status, body]).toEqual([200, { negotiateVersion: 1, connectionId: connection?.id, connectionToken: connection?.token, availableTransports: allTransports }]);
    expect([connection?.id, connection?.token]).toEqual([expect.stringMatching(/^[\w-]{22}$/), expect.stringMatching(/^[\w-]{22}$/)]);
    expect(connection?.token).not.toBe(connection?.id);
    expect(connection?.caller).toBe(anonymousCaller);
  });

  it('takes only the token from then on', async () => {
    const hub = await start();
    const { id, token } = hub.grant();
    expect([(await hub.ask('GET', `id=${id}`)).status, (await hub.ask('GET', `id=${token}`)).status]).toEqual([404, 200]);
  });

  it.each(['', 'negotiateVersion=0', 'negotiateversion=0'])('grants an id that is everything to clients of version 0: %j', async (query) => {
    const hub = await start();
    const { body, connection } = ask(hub, query);
    expect(body).toEqual({ negotiateVersion: 0, connectionId: connection?.id, availableTransports: allTransports });
    expect(connection?.token).toBe(connection?.id);
    expect((await hub.ask('GET', `id=${connection?.id}`)).status).toBe(200);
  });

  it.each(['negotiateVersion=2', 'NEGOTIATEVERSION=1', 'negotiateVersion=99999999999999999999'])('answers %j with version 1', async (query) => {
    const { body } = ask(await start(), query);
    expect(body).toMatchObject({ negotiateVersion: 1 });
    expect(Object.keys(body)).not.toContain('useStatefulReconnect');
  });

  it.each(['negotiateVersion=1&useStatefulReconnect=true', 'negotiateVersion=1&USESTATEFULRECONNECT=True'])('promises stateful reconnect to a client that asks for it: %j', async (query) => {
    const { body, connection } = ask(await start(), query);
    expect([body.useStatefulReconnect, connection?.resumable]).toEqual([true, true]);
  });

  it.each([
    ['that does not ask', 'negotiateVersion=1', {}],
    ['that says no', 'negotiateVersion=1&useStatefulReconnect=false', {}],
    ['of version 0', 'useStatefulReconnect=true', {}],
    ['where nothing is kept', 'negotiateVersion=1&useStatefulReconnect=true', { reconnectBufferBytes: 0 }],
    ['where there are no WebSockets', 'negotiateVersion=1&useStatefulReconnect=true', { transports: ['LongPolling'] as const }],
  ])('does not promise it to a client %s', async (_, query, options) => {
    const { body, connection } = ask(await start(options), query);
    expect([Object.keys(body).includes('useStatefulReconnect'), connection?.resumable]).toEqual([false, false]);
  });

  it.each(['negotiateVersion=', 'negotiateVersion=one', 'negotiateVersion=-1', 'negotiateVersion=1.5', 'negotiateVersion=1&NegotiateVersion=1'])('answers %j with an error, and grants nothing', async (query) => {
    const hub = await start();
    expect(ask(hub, query)).toEqual({ status: 200, body: { error: 'negotiateVersion is no version of negotiate.' } });
    expect(hub.endpoint.size).toBe(0);
  });

  it('names the transports that are offered, in its own order', async () => {
    const { body } = ask(await start({ transports: ['LongPolling', 'WebSockets'] }), '');
    expect(body.availableTransports).toEqual([allTransports[0], allTransports[2]]);
  });

  it('drops what is never used, each in its time and with one timer for all', async () => {
    const hub = await start();
    const first = hub.grant();
    await hub.clock.advance(5_000);
    const second = hub.grant();
    const used = hub.grant();
    expect((await hub.ask('GET', `id=${used.token}`)).status).toBe(200);
    hub.first.channel.abort();
    expect([hub.clock.pending, hub.endpoint.size]).toEqual([1, 2]);
    await hub.clock.advance(9_999);
    expect(hub.endpoint.size).toBe(2);
    await hub.clock.advance(1);
    expect([hub.endpoint.size, (await hub.ask('POST', `id=${first.token}`)).status, (await hub.ask('POST', `id=${second.token}`)).status]).toEqual([1, 404, 409]);
    await hub.clock.advance(5_000);
    expect([hub.endpoint.size, hub.clock.pending]).toEqual([0, 0]);
  });

  it('keeps what is used', async () => {
    const hub = await start();
    await hub.streaming();
    await hub.clock.advance(60_000);
    expect([hub.endpoint.size, hub.first.ends, hub.clock.pending]).toEqual([1, [], 0]);
  });

  it('grants no more than there may be, until one is over', async () => {
    const hub = await start({ maxConnections: 2 });
    hub.grant();
    await hub.polling();
    expect(ask(hub, '')).toEqual({ status: 503, body: { error: 'There are too many connections.' } });
    hub.first.channel.abort();
    expect(ask(hub, '').status).toBe(200);
  });

  it('grants nothing once it stops, and forgets what has no transport', async () => {
    const hub = await start();
    const unused = hub.grant();
    const { connection } = await hub.polling();
    hub.endpoint.stop();
    expect(ask(hub, '')).toEqual({ status: 503, body: { error: 'This instance is stopping.' } });
    expect(hub.endpoint.size).toBe(1);
    expect([(await hub.ask('GET', `id=${unused.token}`)).status, (await hub.ask('DELETE', `id=${unused.token}`)).status]).toEqual([503, 404]);
    expect((await hub.ask('POST', `id=${connection.token}`, { body: 'a' })).status).toBe(200);
    const poll = await hub.poll(connection.token);
    hub.first.channel.send('last');
    expect(await poll.answer).toMatchObject({ status: 200, body: 'last' });
  });
});
