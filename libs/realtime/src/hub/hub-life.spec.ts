import { anonymousCaller } from '@portico/core';
import { describe, expect, it } from 'vitest';
import { FakeChannel } from '../../test/hub/fake-channel.js';
import { closing, completion } from '../../test/hub/test-client.js';
import { deferred, plain, testHub } from '../../test/hub/test-hub.js';
import type { HubConnection } from './hub-connection.js';
import { HubError } from './hub-error.js';

const ping = { type: 6 };
const echo = plain('Echo', ({ arguments: [value] }) => value);

/** The events of a hub, as they come. */
function diary(connecting: (connection: HubConnection) => unknown = () => {}) {
  const events: unknown[] = [];
  return {
    events,
    connected: async (connection: HubConnection): Promise<void> => {
      events.push('connecting');
      await connecting(connection);
      events.push('connected');
    },
    disconnected: (connection: HubConnection, error: Error | undefined): void => void events.push(['disconnected', connection.signal.aborted, error?.message]),
  };
}

describe('a hub that takes a client up', () => {
  it('hears its messages afterwards, in their order', async () => {
    const ready = deferred();
    const begun: unknown[] = [];
    const { connect, clock } = testHub({ ...diary(() => ready.promise), methods: [plain('Note', ({ arguments: [value] }) => void begun.push(value), 1), echo] });
    const client = connect();
    client.call('1', 'Echo', 'a');
    client.say({ type: 1, invocationId: '2', target: 'Note', arguments: ['b'], streamIds: ['u'] }, { type: 2, invocationId: 'u', item: 1 }, { type: 3, invocationId: 'u' }, { type: 5, invocationId: '1' }, ping);
    client.call('3', 'Echo', 'c');
    await clock.advance(0);
    expect([client.hear(), begun]).toEqual([[], []]);
    ready.resolve();
    await clock.advance(0);
    expect([client.hear(), begun]).toEqual([[completion('1', 'a'), completion('2'), completion('3', 'c')], ['b']]);
  });

  it('lets no more messages wait than a client may have calls', async () => {
    const ready = deferred();
    const { connect, clock } = testHub({ ...diary(() => ready.promise), methods: [echo], options: { messagesPerSecond: 70 } });
    const client = connect();
    for (let sent = 0; sent < 100; sent++) {
      client.call(undefined, 'Echo');
      await clock.advance(20);
    }
    expect(client.channel.ended).toBeUndefined();
    client.call(undefined, 'Echo');
    expect([client.hear(), client.channel.ended]).toEqual([[closing('Too many messages wait.')], 1000]);
    ready.resolve();
  });

  // dotnet/aspnetcore issue 44608: clients must see one end, whether or not it comes with the answer to the handshake.
  it.each([
    ['at once', () => undefined],
    ['later', (clock: { advance(ms: number): Promise<void> }) => clock.advance(10)],
  ])('and fails %s ends the connection for good, and hears of no end', async (_, wait) => {
    const day = diary(async () => {
      await wait(clock);
      throw new Error('inside');
    });
    const { connect, clock, takeErrors } = testHub({ ...day, methods: [echo] });
    const client = connect();
    client.call('1', 'Echo');
    await clock.advance(10);
    expect([client.hear(), client.channel.ended, day.events, takeErrors()]).toEqual([[closing('Connection closed with an error.')], 1000, ['connecting'], ['inside']]);
  });

  it('may refuse it with words that it reads', async () => {
    const { connect, clock } = testHub({ connected: () => Promise.reject(new HubError('The shop is closed.')) });
    const client = connect();
    await clock.advance(0);
    expect(client.hear()).toEqual([closing('Connection closed with an error. HubException: The shop is closed.')]);
  });

  it('may send to it and put it into groups meanwhile', async () => {
    const { hub, connect } = testHub({
      connected: (connection) => {
        connection.join('all');
        hub.clients.group('all').send('welcome');
      },
    });
    const client = connect();
    expect([client.channel.sent.length, client.channel.sent[0]]).toEqual([2, '{}\u001e']);
  });

  it('hears of its end once it has taken it up, though it left before that', async () => {
    const ready = deferred();
    const day = diary(() => ready.promise);
    const { connect, clock } = testHub(day);
    const client = connect();
    client.leave(new Error('broken off'));
    await clock.advance(0);
    expect(day.events).toEqual(['connecting']);
    ready.resolve();
    await clock.advance(0);
    expect(day.events).toEqual(['connecting', 'connected', ['disconnected', true, 'broken off']]);
  });
});

describe('a connection to a hub', () => {
  it.each([
    ['its client leaves in good order', (client: ReturnType<ReturnType<typeof testHub>['connect']>) => client.leave(), undefined],
    ['its channel breaks', (client: ReturnType<ReturnType<typeof testHub>['connect']>) => client.leave(new Error('reset')), 'reset'],
    ['its client says so', (client: ReturnType<ReturnType<typeof testHub>['connect']>) => client.say({ type: 7 }), undefined],
    ['its client says why', (client: ReturnType<ReturnType<typeof testHub>['connect']>) => client.say({ type: 7, error: 'tired' }), 'tired'],
  ])('ends once when %s', async (_, end, error) => {
    const day = diary();
    const { hub, connect, clock } = testHub(day);
    const client = connect();
    await clock.advance(0);
    end(client);
    client.leave(new Error('twice'));
    await clock.advance(0);
    expect([day.events.slice(2), hub.connections, client.hear()]).toEqual([[['disconnected', true, error]], 0, []]);
  });

  it('whose end the hub cannot handle is over all the same', async () => {
    const { connect, clock, takeErrors } = testHub({ disconnected: () => Promise.reject(new Error('inside')) });
    connect().leave();
    await clock.advance(0);
    expect(takeErrors()).toEqual(['inside']);
  });

  it('is kept alive by a ping when nothing was sent for a while', async () => {
    const { hub, connect, clock } = testHub();
    const client = connect();
    await clock.advance(14_000);
    expect(client.hear()).toEqual([]);
    await clock.advance(1_000);
    expect(client.hear()).toEqual([ping]);
    client.say(ping);
    await clock.advance(10_000);
    hub.clients.all.send('news');
    expect(client.hear()).toHaveLength(1);
    await clock.advance(14_000);
    expect(client.hear()).toEqual([]);
    await clock.advance(1_000);
    expect(client.hear()).toEqual([ping]);
  });

  it('is dropped when its client says nothing for too long, and not before', async () => {
    const day = diary();
    const { connect, clock } = testHub(day);
    const [silent, alive] = [connect(), connect()];
    await clock.advance(20_000);
    alive.say(ping);
    await clock.advance(9_999);
    expect([silent.channel.ended, alive.channel.ended]).toEqual([undefined, undefined]);
    await clock.advance(1);
    expect([silent.channel.ended, alive.channel.ended]).toEqual(['aborted', undefined]);
    expect(day.events.at(-1)).toEqual(['disconnected', true, 'The client was silent for too long.']);
  });

  it('over long polling gets no pings and may be silent: its polls show that it lives', async () => {
    const { connect, clock } = testHub();
    const client = connect(anonymousCaller, new FakeChannel('LongPolling'));
    await clock.advance(300_000);
    expect([client.hear(), client.channel.ended]).toEqual([[], undefined]);
  });

  it('shares one timer with all others, whatever their number', async () => {
    const { connect, open, clock } = testHub({ options: { keepAliveMs: 100 } });
    for (let count = 0; count < 50; count++) connect();
    open();
    expect(clock.pending).toBe(1);
    const client = connect();
    await clock.advance(100);
    expect([client.hear(), clock.pending]).toEqual([[ping], 1]);
  });

  it('ends when its client sends too much, and not for what a second allows', async () => {
    const { connect, clock } = testHub({ methods: [echo], options: { messagesPerSecond: 10 } });
    const client = connect();
    client.say(...Array.from({ length: 10 }, () => ping));
    await clock.advance(500);
    client.say(...Array.from({ length: 5 }, () => ping));
    expect(client.channel.ended).toBeUndefined();
    client.say({ type: 1, invocationId: '1', target: 'Echo', arguments: [] });
    await clock.advance(0);
    expect([client.hear(), client.channel.ended]).toEqual([[closing('Too many messages were sent in a second.')], 1008]);
  });

  it('may not save up what it does not send', async () => {
    const { connect, clock } = testHub({ options: { messagesPerSecond: 10 } });
    const client = connect();
    await clock.advance(10_000);
    client.say(...Array.from({ length: 11 }, () => ping));
    expect(client.channel.ended).toBe(1008);
  });

  it('brings nothing behind the last message of its client', async () => {
    const begun: unknown[] = [];
    const { connect, clock } = testHub({ methods: [plain('Note', ({ arguments: [value] }) => void begun.push(value))] });
    const client = connect();
    client.say({ type: 1, target: 'Note', arguments: [1] }, { type: 7 }, { type: 1, target: 'Note', arguments: [2] });
    client.call(undefined, 'Note', 3);
    await clock.advance(0);
    expect(begun).toEqual([1]);
  });

  it('ends when its client sends too many chunks that hold no message', () => {
    const { connect } = testHub({ options: { messagesPerSecond: 10 } });
    const client = connect();
    for (let chunk = 0; chunk < 11; chunk++) client.sayText(chunk % 2 ? ' ' : '{"type":99}\u001e');
    expect(client.channel.ended).toBe(1008);
  });

  it.each([
    ['no JSON', 'hello\u001e'],
    ['a call without a target', '{"type":1,"arguments":[]}\u001e'],
    ['a number', '5\u001e'],
    ['a message that is too long', `{"type":1,"target":"Echo","arguments":["${'x'.repeat(40_000)}"]}\u001e`],
    ['a message that is too long and has no end', 'x'.repeat(40_000)],
  ])('ends with the fault when its client sends %s', (_, text) => {
    const { connect } = testHub({ methods: [echo] });
    const client = connect();
    client.sayText(text);
    client.call('1', 'Echo');
    expect([client.hear(), client.channel.ended]).toEqual([[closing(expect.any(String))], 1002]);
  });

  it('goes on when its client sends types that are not known or mean nothing here', async () => {
    const { connect, clock } = testHub({ methods: [echo] });
    const client = connect();
    client.say({ type: 42, what: 'ever' }, { type: 8, sequenceId: 1 }, { type: 9, sequenceId: 1 }, { type: 3, invocationId: 's1', result: 1 }, { type: 2, invocationId: 'x', item: 1 });
    client.call('1', 'Echo', 1);
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', 1)]);
  });
});

describe('a hub that ends', () => {
  it('tells its clients that they may come back, and waits for their channels and its own events', async () => {
    const gone = deferred();
    const { hub, connect, open, clock } = testHub({ disconnected: () => gone.promise });
    const [client, newcomer] = [connect(), open()];
    let closed = false;
    const end = hub.close().then(() => (closed = true));
    expect([client.hear(), client.channel.ended, newcomer.hear(), newcomer.channel.ended]).toEqual([[closing(undefined, true)], 1001, [], 1001]);
    await clock.advance(0);
    expect([closed, hub.connections]).toEqual([false, 0]);
    gone.resolve();
    await Promise.all([end, hub.close()]);
    expect(clock.pending).toBe(0);
  });

  it('waits for a channel that still has something to bring', async () => {
    const { hub, connect, clock } = testHub();
    const client = connect();
    client.channel.close = () => {};
    let closed = false;
    void hub.close().then(() => (closed = true));
    await clock.advance(0);
    expect([closed, hub.connections]).toEqual([false, 1]);
    client.leave();
    await clock.advance(0);
    expect(closed).toBe(true);
  });

  it('takes nobody up any more', async () => {
    const { hub, open, clock } = testHub();
    await hub.close();
    const client = open();
    await clock.advance(0);
    expect([client.channel.ended, hub.connections]).toEqual([1001, 0]);
  });
});
