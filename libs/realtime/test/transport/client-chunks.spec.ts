import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionFault } from '../../src/hub/end-reason.js';
import { TestHub, until, type Opened } from './test-hub.js';

let hub: TestHub;

beforeEach(async () => {
  hub = await TestHub.start({ maxMessageBytes: 64 });
});

afterEach(() => hub.close());

const openers: [name: string, open: () => Promise<Opened>][] = [
  ['a poll', () => hub.polling()],
  ['an event stream', async () => (await hub.streaming()).opened],
];

describe.each(openers)('A POST beside %s', (_, open) => {
  it('is a chunk, as bytes, and answered when it has been handed over', async () => {
    const { connection, chunks } = await open();
    const headers = { 'content-type': 'text/plain;charset=UTF-8' };
    expect(await hub.ask('POST', `id=${connection.token}`, { headers, body: '{"ä":1}\u001e{}' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '0', 'cache-control': 'no-cache, no-store' },
      body: '',
    });
    await hub.ask('POST', `id=${connection.token}`, { headers: { 'content-type': 'application/octet-stream' }, body: Buffer.from([0, 255]) });
    expect(chunks).toEqual([Buffer.from('{"ä":1}\u001e{}'), Buffer.from([0, 255])]);
  });

  it('is handed over whole, in whatever pieces it comes', async () => {
    const { connection, chunks } = await open();
    const { request, answer } = hub.begin('POST', `id=${connection.token}`);
    const arrived = hub.arrived;
    request.write('first');
    await until(() => hub.arrived > arrived);
    request.write(Buffer.from([0xc3]));
    expect(chunks).toEqual([]);
    request.end(Buffer.from([0xa4]));
    expect([(await answer).status, chunks]).toEqual([200, [Buffer.from('firstä')]]);
  });

  it('is handed over in the order in which bodies are complete', async () => {
    const { connection, chunks } = await open();
    const arrived = hub.arrived;
    const slow = hub.begin('POST', `id=${connection.token}`);
    slow.request.write('sl');
    await until(() => hub.arrived > arrived);
    await hub.ask('POST', `id=${connection.token}`, { body: 'fast' });
    slow.request.end('ow');
    await slow.answer;
    expect(chunks.map(String)).toEqual(['fast', 'slow']);
  });

  it('may be as long as four messages', async () => {
    const { connection, chunks } = await open();
    expect([(await hub.ask('POST', `id=${connection.token}`, { body: 'x'.repeat(256) })).status, chunks.length]).toEqual([200, 1]);
  });

  it('ends the connection when its length says that it is longer', async () => {
    const { connection, chunks, ends } = await open();
    const { request, answer } = hub.begin('POST', `id=${connection.token}`, { 'content-length': 257 });
    request.flushHeaders();
    expect(await answer).toMatchObject({ status: 413, headers: { connection: 'close' } });
    request.destroy();
    expect([chunks, ends, hub.endpoint.size]).toEqual([[], [new ConnectionFault('malformed', 'The client sent a body that is too large')], 0]);
  });

  it('ends the connection when more comes than may', async () => {
    const { connection, chunks, ends } = await open();
    const { request, answer } = hub.begin('POST', `id=${connection.token}`);
    request.write('x'.repeat(200));
    request.write('x'.repeat(57));
    expect((await answer).status).toBe(413);
    request.destroy();
    expect([chunks, ends]).toEqual([[], [new ConnectionFault('malformed', 'The client sent a body that is too large')]]);
  });

  it('delivers nothing when it breaks off', async () => {
    const { connection, chunks, ends } = await open();
    const sockets = hub.sockets.size;
    const arrived = hub.arrived;
    const { request } = hub.begin('POST', `id=${connection.token}`, { 'content-length': 10 });
    request.write('first');
    await until(() => hub.arrived > arrived);
    request.destroy();
    await until(() => hub.sockets.size <= sockets);
    expect((await hub.ask('POST', `id=${connection.token}`, { body: 'b' })).status).toBe(200);
    expect([chunks, ends]).toEqual([[Buffer.from('b')], []]);
  });

  it.each(['abort', 'close'] as const)('is answered 404 when the connection ends meanwhile by %s', async (how) => {
    const { connection, channel, chunks } = await open();
    const arrived = hub.arrived;
    const { request, answer } = hub.begin('POST', `id=${connection.token}`);
    request.write('first');
    await until(() => hub.arrived > arrived);
    channel[how]();
    request.end();
    expect([(await answer).status, chunks]).toEqual([404, []]);
  });
});
