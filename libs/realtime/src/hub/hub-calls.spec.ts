import { describe, expect, it } from 'vitest';
import { closing, completion, failure } from '../../test/hub/test-client.js';
import { deferred, plain, streaming, testHub } from '../../test/hub/test-hub.js';
import type { HubCall } from './hub-definition.js';
import { HubError } from './hub-error.js';

const turns = (clock: { advance(ms: number): Promise<void> }) => clock.advance(0);

describe('a call of a method', () => {
  it('is answered with its result, with null, or with nothing', async () => {
    const { connect, clock } = testHub({ methods: [plain('Add', ({ arguments: [a, b] }) => (a as number) + (b as number)), plain('Null', () => null), plain('Nothing', async () => {})] });
    const client = connect();
    client.call('1', 'Add', 2, 3);
    client.call('2', 'Null');
    client.call('3', 'Nothing');
    await turns(clock);
    expect(client.hear()).toEqual([completion('1', 5), completion('2', null), completion('3')]);
  });

  it('finds its method whatever the case of the name', async () => {
    const { connect, clock } = testHub({ methods: [plain('SendOrder', () => 1)] });
    const client = connect();
    client.call('1', 'sendorder');
    client.call('2', 'SENDORDER');
    await turns(clock);
    expect(client.hear()).toEqual([completion('1', 1), completion('2', 1)]);
  });

  it('of an unknown method is an error, also under names that every object has', async () => {
    const { connect, clock } = testHub();
    const client = connect();
    for (const name of ['Nope', 'constructor', '__proto__', 'toString']) client.call(name, name);
    await turns(clock);
    expect(client.hear()).toEqual(['Nope', 'constructor', '__proto__', 'toString'].map((name) => failure(name, `Unknown hub method '${name}'`)));
  });

  it('without an id is never answered, not even with an error', async () => {
    let called = 0;
    const { connect, clock, takeErrors } = testHub({
      methods: [plain('Count', () => ++called), plain('Fail', () => Promise.reject(new Error('inside'))), streaming('Stream', async function* () {})],
    });
    const client = connect();
    for (const target of ['Count', 'Fail', 'Unknown', 'Stream', 'Count']) client.call(undefined, target);
    client.say({ type: 1, target: 'Count', arguments: [], streamIds: ['1'] });
    await turns(clock);
    expect([client.hear(), called, takeErrors()]).toEqual([[], 2, ['inside']]);
  });

  it('that throws tells the client nothing but what a HubError says', async () => {
    const { connect, clock, takeErrors } = testHub({
      methods: [
        plain('Refuse', () => {
          throw new HubError('The shop is closed.');
        }),
        plain('Break', () => Promise.reject(new Error('password=secret'))),
      ],
    });
    const client = connect();
    client.call('1', 'refuse');
    client.call('2', 'break');
    await turns(clock);
    expect(client.hear()).toEqual([
      failure('1', "An unexpected error occurred invoking 'Refuse' on the server. HubException: The shop is closed."),
      failure('2', "An unexpected error occurred invoking 'Break' on the server."),
    ]);
    expect(takeErrors()).toEqual(['password=secret']);
  });

  it('whose result cannot be serialised is an error, and the next call is answered', async () => {
    const { connect, clock, takeErrors } = testHub({ methods: [plain('Big', () => 1n), plain('One', () => 1)] });
    const client = connect();
    client.call('1', 'Big');
    client.call('2', 'One');
    await turns(clock);
    expect(client.hear()).toEqual([failure('1', "An unexpected error occurred invoking 'Big' on the server."), completion('2', 1)]);
    expect(takeErrors()).toHaveLength(1);
  });

  it('waits until the one before it has ended, and streams do not', async () => {
    const first = deferred();
    const begun: unknown[] = [];
    const { connect, clock } = testHub({
      methods: [
        plain('First', () => (begun.push('first'), first.promise)),
        plain('Second', () => void begun.push('second')),
        streaming('Stream', async function* () {
          yield 1;
        }),
      ],
    });
    const [client, other] = [connect(), connect()];
    client.call('1', 'First');
    client.call('2', 'Second');
    client.stream('3', 'Stream');
    other.call('1', 'Second');
    await turns(clock);
    expect([begun, client.hear(), other.hear()]).toEqual([['first', 'second'], [{ type: 2, invocationId: '3', item: 1 }, completion('3')], [completion('1')]]);
    first.resolve();
    await turns(clock);
    expect([begun, client.hear()]).toEqual([['first', 'second', 'second'], [completion('1'), completion('2')]]);
  });

  it('under an id that is in use is refused, running or waiting, and the id is free again at the end', async () => {
    const first = deferred();
    const { connect, clock } = testHub({ methods: [plain('Wait', () => first.promise), streaming('Stream', async function* () {})] });
    const client = connect();
    client.call('1', 'Wait');
    client.call('2', 'Wait');
    client.call('1', 'Wait');
    client.stream('2', 'Stream');
    expect(client.hear()).toEqual([failure('1', "Invocation ID '1' is already in use."), failure('2', "Invocation ID '2' is already in use.")]);
    first.resolve();
    await turns(clock);
    client.call('1', 'Wait');
    await turns(clock);
    expect(client.hear()).toEqual([completion('1'), completion('2'), completion('1')]);
  });

  it('is told by its signal when the client gives it up, and answered all the same', async () => {
    const { connect, clock } = testHub({ methods: [plain('Wait', ({ signal }: HubCall) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('given up'))))] });
    const client = connect();
    client.say({ type: 1, invocationId: '1', target: 'Wait', arguments: [] }, { type: 5, invocationId: '1' });
    client.say({ type: 5, invocationId: 'unknown' });
    await turns(clock);
    expect(client.hear()).toEqual([completion('1', 'given up')]);
  });

  it('that ends with an error because it was given up is no fault of the hub', async () => {
    const { connect, clock } = testHub({ methods: [plain('Wait', ({ signal }: HubCall) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))))] });
    const client = connect();
    client.call('1', 'Wait');
    client.say({ type: 5, invocationId: '1' });
    await turns(clock);
    expect(client.hear()).toEqual([failure('1', "An unexpected error occurred invoking 'Wait' on the server.")]);
  });

  it('that is given up while it waits never begins', async () => {
    const first = deferred();
    const begun: unknown[] = [];
    const { connect, clock } = testHub({ methods: [plain('First', () => first.promise), plain('Second', ({ arguments: [value] }) => void begun.push(value))] });
    const client = connect();
    client.call('1', 'First');
    client.call('2', 'Second', 2);
    client.call('3', 'Second', 3);
    client.say({ type: 5, invocationId: '2' });
    expect(client.hear()).toEqual([failure('2', 'The invocation was cancelled before it began.')]);
    first.resolve();
    await turns(clock);
    expect([client.hear(), begun]).toEqual([[completion('1'), completion('3')], [3]]);
  });

  it('is given up with the connection, and those that wait never begin', async () => {
    const signals: AbortSignal[] = [];
    const { connect, clock, hub } = testHub({ methods: [plain('Wait', ({ signal, connection }: HubCall) => (signals.push(signal, connection.signal), new Promise((resolve) => signal.addEventListener('abort', resolve))))] });
    const client = connect();
    client.call('1', 'Wait');
    client.call('2', 'Wait');
    client.leave();
    await turns(clock);
    expect([signals.map((signal) => signal.aborted), client.hear(), hub.connections]).toEqual([[true, true], [], 0]);
  });

  it('ends the connection when too many are in progress, streams among them', async () => {
    const { connect, clock } = testHub({ methods: [plain('Wait', () => new Promise(() => {})), streaming('Stream', () => new Promise(() => {}))], options: { messagesPerSecond: 60 } });
    const client = connect();
    for (let id = 0; id < 100; id++) {
      if (id % 2) client.call(`${id}`, 'Wait');
      else client.stream(`${id}`, 'Stream');
      await clock.advance(20);
    }
    expect(client.channel.ended).toBeUndefined();
    client.call(undefined, 'Wait');
    expect([client.hear(), client.channel.ended]).toEqual([[closing('Too many calls are in progress.')], 1000]);
  });

  it('may wait with as many others as a second allows', async () => {
    const { connect, clock } = testHub({ methods: [plain('One', async () => 1)] });
    const client = connect();
    client.say(...Array.from({ length: 199 }, (_, id) => ({ type: 1, invocationId: `${id}`, target: 'One', arguments: [] })));
    await clock.advance(0);
    expect([client.hear().length, client.channel.ended]).toEqual([199, undefined]);
  });

  it('counts no more once it has ended', async () => {
    const { connect, clock } = testHub({ methods: [plain('One', () => 1)], options: { messagesPerSecond: 60 } });
    const client = connect();
    for (let id = 0; id < 101; id++) {
      client.call(`${id}`, 'One');
      await clock.advance(20);
    }
    expect([client.hear().length, client.channel.ended]).toEqual([101, undefined]);
  });

  it('may end its own connection, and what it then returns is not sent', async () => {
    const { connect, clock } = testHub({
      methods: [
        plain('Bye', ({ connection }) => {
          connection.close('enough', true);
          connection.close('twice');
          connection.send('late');
          return 1;
        }),
      ],
    });
    const client = connect();
    client.call('1', 'Bye');
    await turns(clock);
    expect([client.hear(), client.channel.ended]).toEqual([[closing('enough', true)], 1000]);
  });

  it('keeps what it likes with its connection, and sends to that alone', async () => {
    const { connect, clock } = testHub({
      methods: [
        plain('Count', ({ connection }) => {
          const count = ((connection.items.get('count') as number | undefined) ?? 0) + 1;
          connection.items.set('count', count);
          connection.send('counted', count, connection.id, connection.caller.id);
        }),
      ],
    });
    const [ann, ben] = [connect('ann'), connect('ben')];
    ann.call(undefined, 'Count');
    ann.call(undefined, 'Count');
    ben.call(undefined, 'Count');
    await turns(clock);
    const counted = (...args: unknown[]) => ({ type: 1, target: 'counted', arguments: args });
    expect([ann.hear(), ben.hear()]).toEqual([[counted(1, ann.id, 'ann'), counted(2, ann.id, 'ann')], [counted(1, ben.id, 'ben')]]);
  });

  it('cannot be told apart by case: a hub with two such methods is not made', () => {
    expect(() => testHub({ methods: [plain('Echo', () => 1), plain('echo', () => 2)] })).toThrow("Hub 'test' has the methods 'Echo' and 'echo': clients cannot tell them apart.");
  });
});
