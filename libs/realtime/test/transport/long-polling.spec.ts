import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionFault } from '../../src/hub/end-reason.js';
import { TestHub, until } from './test-hub.js';

let hub: TestHub;

beforeEach(async () => {
  hub = await TestHub.start();
});

afterEach(() => hub.close());

describe('LongPollingChannel', () => {
  it('answers the first poll at once, which opens the connection', async () => {
    const granted = hub.grant();
    const answer = await hub.ask('GET', `id=${granted.token}`);
    expect(answer).toMatchObject({ status: 200, headers: { 'content-length': '0', 'cache-control': 'no-cache, no-store' }, body: '' });
    expect([hub.first.connection, hub.first.channel.transport, hub.first.channel.carriesBinary]).toEqual([granted, 'LongPolling', true]);
  });

  it('lets a later poll wait, and answers it with everything that comes together', async () => {
    const { connection, channel } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    channel.send('{"ä":1}\u001e');
    await Promise.resolve();
    channel.send('{}\u001e');
    const body = '{"ä":1}\u001e{}\u001e';
    expect(await answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/octet-stream', 'content-length': String(Buffer.byteLength(body)), 'cache-control': 'no-cache, no-store' }, body });
    expect(hub.opened.length).toBe(1);
  });

  it('keeps what comes between two polls', async () => {
    const { connection, channel } = await hub.polling();
    channel.send('a');
    await hub.clock.advance(1_000);
    channel.send(new Uint8Array([98, 99]));
    expect(channel.bufferedBytes).toBe(3);
    expect(await hub.ask('GET', `id=${connection.token}`)).toMatchObject({ status: 200, body: 'abc' });
    expect(channel.bufferedBytes).toBe(0);
  });

  it('answers a poll that nothing comes for after 90 s, and goes on', async () => {
    const { connection, channel, ends } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    await hub.clock.advance(89_999);
    channel.send('a');
    expect((await answer).body).toBe('a');
    const { answer: second } = await hub.poll(connection.token);
    await hub.clock.advance(90_000);
    expect(await second).toMatchObject({ status: 200, headers: { 'content-length': '0' }, body: '' });
    const { answer: third } = await hub.poll(connection.token);
    channel.send('b');
    expect([(await third).body, ends]).toEqual(['b', []]);
  });

  it('ends a poll with 204 when a newer one comes, which gets what follows', async () => {
    const { connection, channel, ends } = await hub.polling();
    const older = await hub.poll(connection.token);
    const newer = await hub.poll(connection.token);
    const answer = await older.answer;
    expect(answer).toMatchObject({ status: 204, body: '', headers: { 'cache-control': 'no-cache, no-store' } });
    expect(answer.headers).not.toHaveProperty('content-length');
    await hub.clock.advance(60_000);
    channel.send('a');
    expect([(await newer.answer).body, ends]).toEqual(['a', []]);
  });

  it('keeps what comes after the client has given a poll up', async () => {
    const { connection, channel } = await hub.polling();
    const older = await hub.poll(connection.token);
    older.request.destroy();
    await hub.quiet();
    channel.send('a');
    expect(await hub.ask('GET', `id=${connection.token}`)).toMatchObject({ status: 200, body: 'a' });
  });

  it('is over with DELETE, which ends a poll with 204', async () => {
    const { connection, ends } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    expect(await hub.ask('DELETE', `id=${connection.token}`)).toMatchObject({ status: 202, body: '', headers: { 'cache-control': 'no-cache, no-store' } });
    expect([(await answer).status, ends, hub.endpoint.size]).toEqual([204, [undefined], 0]);
    expect([(await hub.ask('DELETE', `id=${connection.token}`)).status, (await hub.ask('GET', `id=${connection.token}`)).status]).toEqual([404, 404]);
    await until(() => hub.clock.pending === 0);
  });

  it('is over with DELETE after the client has given its poll up', async () => {
    const { connection, ends } = await hub.polling();
    const { request } = await hub.poll(connection.token);
    request.destroy();
    await hub.quiet();
    expect([(await hub.ask('DELETE', `id=${connection.token}`)).status, ends]).toEqual([202, [undefined]]);
  });

  it('lives for 15 s between two polls, and for as long as one waits', async () => {
    const { connection, ends } = await hub.polling();
    await hub.quiet();
    await hub.clock.advance(14_999);
    const { request } = await hub.poll(connection.token);
    await hub.clock.advance(60_000);
    expect(ends).toEqual([]);
    request.destroy();
    await hub.quiet();
    await hub.clock.advance(14_999);
    expect([ends, hub.endpoint.size]).toEqual([[], 1]);
    await hub.clock.advance(1);
    expect([ends, hub.endpoint.size, hub.clock.pending]).toEqual([[new Error('The client polls no more')], 0, 0]);
    expect((await hub.ask('GET', `id=${connection.token}`)).status).toBe(404);
  });

  it('keeps the last messages for the next poll when it is closed between two, then says that it is over', async () => {
    const { connection, channel, ends } = await hub.polling();
    channel.send('last');
    channel.send(' words');
    channel.close();
    channel.send('later');
    await hub.clock.advance(14_000);
    expect(ends).toEqual([]);
    expect(await hub.ask('GET', `id=${connection.token}`)).toMatchObject({ status: 200, body: 'last words' });
    expect((await hub.ask('GET', `id=${connection.token}`)).status).toBe(204);
    expect([ends, hub.endpoint.size]).toEqual([[undefined], 0]);
    expect((await hub.ask('GET', `id=${connection.token}`)).status).toBe(404);
  });

  it('brings the last messages to a poll that waits when it is closed with them', async () => {
    const { connection, channel, ends } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    channel.send('last');
    channel.close();
    expect(await answer).toMatchObject({ status: 200, body: 'last' });
    expect((await hub.ask('GET', `id=${connection.token}`)).status).toBe(204);
    expect(ends).toEqual([undefined]);
  });

  it('ends a poll with 204 when it is closed', async () => {
    const { connection, channel, ends } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    channel.close();
    channel.close();
    expect([(await answer).status, ends, hub.endpoint.size]).toEqual([204, [undefined], 0]);
  });

  it('tells the next poll that it was closed between two', async () => {
    const { connection, channel, ends } = await hub.polling();
    channel.close();
    await hub.clock.advance(14_000);
    expect([(await hub.ask('GET', `id=${connection.token}`)).status, ends]).toEqual([204, [undefined]]);
  });

  it('is over 15 s after it was closed when the client does not ask again', async () => {
    const { channel, ends } = await hub.polling();
    await hub.quiet();
    channel.send('last');
    channel.close();
    await hub.clock.advance(15_000);
    expect([ends, hub.endpoint.size, hub.clock.pending]).toEqual([[undefined], 0, 0]);
  });

  it('is aborted at once, and loses what waits', async () => {
    const { connection, channel, ends } = await hub.polling();
    const { answer } = await hub.poll(connection.token);
    channel.send('lost');
    channel.abort();
    channel.send('later');
    expect(ends).toEqual([]);
    expect([(await answer).status, ends, hub.endpoint.size, channel.bufferedBytes]).toEqual([204, [new Error('The connection was aborted')], 0, 0]);
  });

  it('may be aborted while it is opened', async () => {
    hub.onOpen = ({ channel }) => channel.abort();
    const { token } = hub.grant();
    expect((await hub.ask('GET', `id=${token}`)).body).toBe('');
    expect([hub.first.ends, (await hub.ask('GET', `id=${token}`)).status]).toEqual([[new Error('The connection was aborted')], 404]);
  });

  it('cuts a client off that takes nothing of an answer for ten seconds', async () => {
    const { connection, channel, ends } = await hub.polling();
    const client = connect(hub.port, '127.0.0.1', () => client.write(`GET /?id=${connection.token} HTTP/1.1\r\nhost: shop\r\n\r\n`));
    client.on('error', () => {});
    client.pause();
    const arrived = hub.arrived;
    await until(() => hub.arrived > arrived);
    for (let sent = 0; sent < 32; sent += 1) channel.send('x'.repeat(1_048_576));
    expect(channel.bufferedBytes).toBe(32 * 1_048_576);
    await new Promise((resolve) => setImmediate(resolve));
    expect(channel.bufferedBytes).toBeGreaterThan(32 * 1_048_576);
    await hub.clock.advance(9_999);
    expect(ends).toEqual([]);
    await hub.clock.advance(1);
    expect(ends).toEqual([new ConnectionFault('slow', 'The client takes nothing of the answer to its poll')]);
    await hub.quiet();
    expect(hub.clock.pending).toBe(0);
  });

  it('leaves nothing on a connection that is kept for many polls', async () => {
    const { connection, channel } = await hub.polling();
    const listeners = (): number[] => [...hub.sockets].map((socket) => socket.eventNames().reduce((sum, name) => sum + socket.listenerCount(name), 0));
    const before = listeners();
    for (let round = 0; round < 20; round += 1) {
      channel.send('a');
      await hub.ask('GET', `id=${connection.token}`);
      await hub.quiet();
    }
    expect([before.length, listeners()]).toEqual([1, before]);
  });
});
