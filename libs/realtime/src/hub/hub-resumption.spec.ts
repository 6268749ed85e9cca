import { anonymousCaller } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { FakeChannel } from '../../test/hub/fake-channel.js';
import { closing, completion, TestClient } from '../../test/hub/test-client.js';
import { deferred, plain, streaming, testHub, type TestHubPlan } from '../../test/hub/test-hub.js';

const ping = { type: 6 };
const ack = (sequenceId: number): object => ({ type: 8, sequenceId });
const sequence = (sequenceId: number): object => ({ type: 9, sequenceId });
const news = (...args: unknown[]): object => ({ type: 1, target: 'news', arguments: args });

/** A hub, and a client of it that negotiated stateful reconnect. */
function setUp(plan: TestHubPlan = {}, version = 2, channel = new FakeChannel(), resumable = true) {
  const heard: unknown[] = [];
  const ends: unknown[] = [];
  const note = plain('Note', ({ arguments: [value] }) => {
    heard.push(value);
    return value;
  });
  const test = testHub({ disconnected: (_, error) => void ends.push(error?.message), ...plan, methods: [note, ...(plan.methods ?? [])] });
  channel.listener = test.hub.open({ id: 'c', token: 't', resumable, caller: anonymousCaller }, channel);
  const client = new TestClient('c', channel);
  client.say({ protocol: 'json', version });
  return { ...test, heard, ends, client, channel, send: (...args: unknown[]) => test.hub.clients.all.send('news', ...args) };
}

/** The same, whose client has said something after its handshake. */
function begin(plan: TestHubPlan = {}) {
  const test = setUp(plan);
  test.client.say(ping);
  test.client.hear();
  return test;
}

/** Goes on over another socket. */
function goOn({ channel, client }: Pick<ReturnType<typeof setUp>, 'channel' | 'client'>, sequenceId: number, ...messages: object[]): unknown[] {
  channel.resume();
  client.say(sequence(sequenceId), ...messages);
  return client.hear();
}

describe('a client that may go on over another socket', () => {
  it('gets what it has not acknowledged again, and what was sent meanwhile, behind the id of the first', () => {
    const test = begin();
    for (const number of [1, 2, 3]) test.send(number);
    test.client.say(ack(1));
    test.channel.interrupt();
    test.send(4);
    expect(test.client.hear()).toEqual([1, 2, 3].map((number) => news(number)));
    expect(goOn(test, 1)).toEqual([sequence(2), news(2), news(3), news(4)]);
    test.client.say(ack(4));
    test.channel.interrupt();
    expect(goOn(test, 1)).toEqual([sequence(5)]);
    test.send(5);
    expect(test.client.hear()).toEqual([news(5)]);
  });

  it('gets no ping again, for pings do not count', async () => {
    const test = begin();
    await test.clock.advance(15_000);
    expect(test.client.hear()).toEqual([ping]);
    test.channel.interrupt();
    expect(goOn(test, 1)).toEqual([sequence(1)]);
  });

  it('has each of its calls made once, though it repeats them, and gets their answers', async () => {
    const test = begin();
    for (const id of ['1', '2']) test.client.call(id, 'Note', id);
    await test.clock.advance(0);
    test.channel.interrupt();
    const calls = ['2', '3'].map((id) => ({ type: 1, invocationId: id, target: 'Note', arguments: [id] }));
    test.client.hear();
    goOn(test, 2, ...calls);
    await test.clock.advance(0);
    expect([test.heard, test.client.hear()]).toEqual([['1', '2', '3'], [completion('3', '3')]]);
  });

  it('is not heard over another socket before it says where it goes on', async () => {
    const test = begin();
    test.channel.interrupt();
    test.channel.resume();
    test.client.call(undefined, 'Note', 1);
    test.client.say({ type: 7 }, sequence(1));
    test.client.call(undefined, 'Note', 2);
    await test.clock.advance(0);
    expect([test.heard, test.channel.ended]).toEqual([[2], undefined]);
  });

  it('is closed when it goes on behind messages that never came', () => {
    const test = begin();
    test.client.call(undefined, 'Note', 1);
    test.channel.interrupt();
    expect(goOn(test, 3)).toEqual([sequence(1), closing('Messages before the sequence have never come.')]);
    expect(test.channel.ended).toBe(1002);
  });

  it('begins records anew on another socket', async () => {
    const test = begin();
    test.client.sayText('{"type":1,"target":"No');
    test.channel.interrupt();
    goOn(test, 1, { type: 1, target: 'Note', arguments: [1] });
    await test.clock.advance(0);
    expect([test.heard, test.channel.ended]).toEqual([[1], undefined]);
  });

  it('is told about once a second what has come, by the timer of the hub', async () => {
    const test = begin();
    expect(test.clock.pending).toBe(1);
    for (const id of [1, 2, 3]) test.client.call(undefined, 'Note', id);
    await test.clock.advance(1_000);
    expect([test.client.hear(), test.clock.pending]).toEqual([[ack(3)], 1]);
    await test.clock.advance(5_000);
    expect(test.client.hear()).toEqual([]);
  });

  it('is told of it no more often where the hub looks more often', async () => {
    const test = begin({ options: { handshakeTimeoutMs: 500 } });
    for (let look = 0; look < 20; look += 1) {
      test.client.call(undefined, 'Note', look);
      await test.clock.advance(100);
    }
    expect(test.client.hear()).toEqual([ack(1), ack(11)]);
  });

  it('stays connected while it is away, however silent it is, and its calls and groups go on', async () => {
    const answer = deferred<string>();
    const test = begin({ methods: [plain('Ask', ({ connection }) => (void connection.join('all'), answer.promise))] });
    test.client.call('1', 'Ask');
    test.channel.interrupt();
    await test.clock.advance(60_000);
    answer.resolve('late');
    await test.clock.advance(0);
    test.hub.clients.group('all').send('news', 1);
    expect([test.hub.connections, test.ends, test.client.hear()]).toEqual([1, [], []]);
    test.channel.resume();
    await test.clock.advance(1_000);
    test.client.say(sequence(2));
    expect([test.client.hear(), test.channel.ended]).toEqual([[sequence(1), completion('1', 'late'), news(1), ping, ack(1)], undefined]);
    await test.clock.advance(29_999);
    expect(test.channel.ended).toBeUndefined();
    await test.clock.advance(1);
    expect([test.channel.ended, test.ends]).toEqual(['aborted', ['The client was silent for too long.']]);
  });

  it('gets each item of a stream that waits while it is away', async () => {
    let taken = 0;
    const count = streaming('Count', async function* () {
      for (; taken < 50; taken += 1) yield taken;
    });
    const test = begin({ methods: [count], options: { reconnectBufferBytes: 1_000 } });
    test.channel.interrupt();
    goOn(test, 1);
    test.client.stream('1', 'Count');
    await test.clock.advance(0);
    test.channel.interrupt();
    await test.clock.advance(5_000);
    expect(taken).toBeLessThan(30);
    const items: unknown[] = [];
    const take = (messages: unknown[]): void => void items.push(...messages.flatMap((message) => (message as { item?: number }).item ?? []));
    test.client.hear();
    take(goOn(test, 2));
    for (let known = items.length; items.length < 50; known = items.length) {
      test.client.say(ack(known));
      await test.clock.advance(20);
      take(test.client.hear());
    }
    expect(items).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('is given up when more is sent while it is away than is kept', async () => {
    const test = begin({ options: { reconnectBufferBytes: 1_000 } });
    for (let sent = 0; sent < 100; sent += 1) test.send('before');
    test.channel.interrupt();
    for (let sent = 0; sent < 10; sent += 1) test.send('meanwhile');
    expect(test.channel.ended).toBeUndefined();
    for (let sent = 0; sent < 10; sent += 1) test.send('meanwhile');
    await test.clock.advance(0);
    expect([test.channel.ended, test.ends]).toEqual(['aborted', ['More was sent than is kept for a client that is away.']]);
  });

  it('is not cut off for what it gets, as long as it reads', () => {
    const test = begin({ options: { reconnectBufferBytes: 1_000 } });
    test.send('x'.repeat(5_000));
    for (let sent = 0; sent < 200; sent += 1) test.send(sent);
    expect([test.client.hear().length, test.channel.ended]).toEqual([201, undefined]);
    test.channel.interrupt();
    const [{ sequenceId }] = goOn(test, 1) as [{ sequenceId: number }];
    expect(sequenceId).toBeGreaterThan(150);
  });

  it('may repeat as much as it was allowed to send', async () => {
    const test = begin({ options: { messagesPerSecond: 10 } });
    await test.clock.advance(1_000);
    const call = { type: 1, target: 'Note', arguments: [1] };
    for (let said = 0; said < 9; said += 1) test.client.say(call);
    test.channel.interrupt();
    await test.clock.advance(1_000);
    goOn(test, 1, ...Array.from({ length: 9 }, () => call));
    test.client.say(...Array.from({ length: 9 }, () => call));
    expect(test.channel.ended).toBeUndefined();
    test.client.say(call);
    expect(test.channel.ended).toBe(1008);
  });

  it('ends at once when it is closed while it is away', async () => {
    const test = begin();
    test.channel.interrupt();
    test.client.leave(new Error('did not come back'));
    await test.clock.advance(0);
    expect([test.ends, test.hub.connections, test.clock.pending]).toEqual([['did not come back'], 0, 0]);
  });

  it('does not keep a hub from ending', async () => {
    const test = begin();
    test.channel.interrupt();
    await test.hub.close();
    expect([test.ends, test.channel.ended]).toEqual([[undefined], 1001]);
  });
});

describe('a client that begins to speak with a hub it may come back to', () => {
  it('gets what is sent once it has said something: until then not all clients count', () => {
    const test = setUp({ connected: (connection) => connection.send('welcome') });
    test.send(1);
    expect([test.client.hear(), test.channel.outlives]).toEqual([[{}], true]);
    test.client.say(ping);
    expect(test.client.hear()).toEqual([{ type: 1, target: 'welcome', arguments: [] }, news(1)]);
  });

  it('gets it within a second though it says nothing', async () => {
    const test = setUp();
    test.send(1);
    await test.clock.advance(1_000);
    expect(test.client.hear()).toEqual([{}, news(1)]);
  });

  it('gets at once what is more than is kept', () => {
    const test = setUp({ options: { reconnectBufferBytes: 100 } });
    test.send('x'.repeat(200));
    test.send(2);
    expect(test.client.hear()).toEqual([{}, news('x'.repeat(200)), news(2)]);
  });
});

describe('a client that cannot go on over another socket', () => {
  it.each([
    ['speaks version 1', () => setUp({}, 1)],
    ['negotiated nothing of the kind', () => setUp({}, 2, new FakeChannel(), false)],
    ['has another transport', () => setUp({}, 2, Object.assign(new FakeChannel('LongPolling'), { outlive: undefined }))],
  ])('for it %s, gets what is sent at once, without words about it', async (_, start) => {
    const test = start();
    test.send(1);
    test.client.call(undefined, 'Note', 1);
    await test.clock.advance(5_000);
    expect([test.client.hear(), test.channel.outlives]).toEqual([[{}, news(1)], false]);
  });
});
