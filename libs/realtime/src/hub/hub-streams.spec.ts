import { describe, expect, it } from 'vitest';
import { completion, failure } from '../../test/hub/test-client.js';
import { deferred, plain, streaming, testHub } from '../../test/hub/test-hub.js';
import type { HubCall } from './hub-definition.js';
import { HubError } from './hub-error.js';

const item = (invocationId: string, value: unknown): object => ({ type: 2, invocationId, item: value });

/** An endless source that notes how it is used. */
function source() {
  const seen = { taken: 0, returned: 0 };
  const iterator: AsyncIterableIterator<number> = {
    next: async () => ({ done: false, value: ++seen.taken }),
    return: async () => (seen.returned++, { done: true, value: undefined }),
    [Symbol.asyncIterator]: () => iterator,
  };
  return { seen, iterator };
}

/** A source whose next item never comes. */
function silentSource() {
  const seen = { returned: 0 };
  const iterator: AsyncIterableIterator<number> = { ...source().iterator, next: () => new Promise(() => {}), return: async () => (seen.returned++, { done: true, value: undefined }), [Symbol.asyncIterator]: () => iterator };
  return { seen, iterator };
}

describe('a streaming method', () => {
  it('sends its items and ends without a result, be the stream there or promised', async () => {
    async function* count({ arguments: [to] }: HubCall) {
      for (let n = 1; n <= (to as number); n++) yield n;
      return 'no result';
    }
    const { connect, clock } = testHub({ methods: [streaming('Count', count), streaming('Later', async (call) => count(call))] });
    const client = connect();
    client.stream('1', 'count', 2);
    await clock.advance(0);
    client.stream('2', 'later', 1);
    await clock.advance(0);
    client.stream('3', 'later', 0);
    await clock.advance(0);
    expect(client.hear()).toEqual([item('1', 1), item('1', 2), completion('1'), item('2', 1), completion('2'), completion('3')]);
  });

  it('that fails ends with an error after its items', async () => {
    const { connect, clock, takeErrors } = testHub({
      methods: [
        streaming('Fail', async function* ({ arguments: [shown] }) {
          yield 1;
          throw shown ? new HubError('No more.') : new Error('inside');
        }),
        streaming('NoStream', () => 5),
      ],
    });
    const client = connect();
    client.stream('1', 'Fail', true);
    await clock.advance(0);
    client.stream('2', 'Fail', false);
    await clock.advance(0);
    client.stream('3', 'NoStream');
    await clock.advance(0);
    expect(client.hear()).toEqual([
      item('1', 1),
      failure('1', "An unexpected error occurred invoking 'Fail' on the server. HubException: No more."),
      item('2', 1),
      failure('2', "An unexpected error occurred invoking 'Fail' on the server."),
      failure('3', "An unexpected error occurred invoking 'NoStream' on the server."),
    ]);
    expect(takeErrors()).toEqual(['inside', expect.stringContaining('not a function')]);
  });

  it('with an item that cannot be serialised ends with an error and gives its source back', async () => {
    const { seen, iterator } = source();
    const { connect, clock, takeErrors } = testHub({ methods: [streaming('Big', () => ({ ...iterator, next: async () => ({ done: false, value: 1n }), [Symbol.asyncIterator]() { return this; } }))] });
    const client = connect();
    client.stream('1', 'Big');
    await clock.advance(0);
    expect([client.hear(), seen.returned, takeErrors().length]).toEqual([[failure('1', "An unexpected error occurred invoking 'Big' on the server.")], 1, 1]);
  });

  it('has to be called as one, and a plain method not', () => {
    const { connect } = testHub({ methods: [streaming('Stream', async function* () {}), plain('Plain', () => 1)] });
    const client = connect();
    client.call('1', 'stream');
    client.stream('2', 'plain');
    expect(client.hear()).toEqual([
      failure('1', "The client attempted to invoke the streaming 'Stream' method with a non-streaming invocation."),
      failure('2', "The client attempted to invoke the non-streaming 'Plain' method with a streaming invocation."),
    ]);
  });

  it('has begun when a cancellation in the same chunk reaches it', async () => {
    const told: string[] = [];
    const { connect, clock } = testHub({
      methods: [
        streaming('Endless', async function* ({ signal }) {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
          told.push('cancelled');
          yield 'nobody wants this';
        }),
      ],
    });
    const client = connect();
    client.say({ type: 4, invocationId: '1', target: 'Endless', arguments: [] }, { type: 5, invocationId: '1' });
    await clock.advance(0);
    expect([client.hear(), told]).toEqual([[completion('1')], ['cancelled']]);
  });

  it('hears of a cancellation by its signal while it runs', async () => {
    const told: string[] = [];
    const { connect, clock } = testHub({
      methods: [
        streaming('Endless', async function* ({ signal }) {
          try {
            yield 1;
            await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
            yield 'nobody wants this';
          } finally {
            told.push('ended');
          }
        }),
      ],
    });
    const client = connect();
    client.stream('1', 'Endless');
    await clock.advance(0);
    client.say({ type: 5, invocationId: '1' });
    await clock.advance(0);
    expect([client.hear(), told]).toEqual([[item('1', 1), completion('1')], ['ended']]);
  });

  it('ends at once when it is cancelled, though its source is stuck or never comes', async () => {
    const { seen, iterator } = silentSource();
    const late = deferred<AsyncIterable<number>>();
    const { connect, clock } = testHub({ methods: [streaming('Stuck', () => iterator), streaming('Late', () => late.promise)] });
    const client = connect();
    client.stream('1', 'Stuck');
    client.stream('2', 'Late');
    await clock.advance(0);
    client.say({ type: 5, invocationId: '1' }, { type: 5, invocationId: '2' }, { type: 5, invocationId: '2' });
    expect([client.hear(), seen.returned]).toEqual([[completion('1'), completion('2')], 1]);
    late.resolve(iterator);
    await clock.advance(0);
    expect([client.hear(), seen.returned]).toEqual([[], 2]);
  });

  it('gives its source back when the client goes, and an error in that is reported', async () => {
    const { seen, iterator } = silentSource();
    const { connect, clock, takeErrors } = testHub({
      methods: [streaming('Stuck', () => iterator), streaming('Failing', () => ({ ...iterator, return: () => Promise.reject(new Error('cannot end')), [Symbol.asyncIterator]() { return this; } }))],
    });
    const client = connect();
    client.stream('1', 'Stuck');
    client.stream('2', 'Failing');
    await clock.advance(0);
    client.leave();
    await clock.advance(0);
    expect([client.hear(), seen.returned, takeErrors()]).toEqual([[], 1, ['cannot end']]);
  });

  it('takes no item from its source while the client does not read, and is not cut off for it', async () => {
    const { seen, iterator } = source();
    const { connect, clock, hub } = testHub({ methods: [streaming('Endless', () => iterator)], options: { maxBufferedBytes: 4_000 } });
    const client = connect();
    // Each record is 100 bytes long, and so many of them have left this process.
    let gone = 0;
    Object.defineProperty(client.channel, 'bufferedBytes', { get: () => (client.channel.sent.length - gone) * 100 });
    client.stream('1', 'Endless');
    await clock.advance(10_000);
    expect(seen).toEqual({ taken: 10, returned: 0 });
    gone = 5;
    await clock.advance(20);
    expect([seen.taken, hub.connections]).toEqual([15, 1]);
    client.say({ type: 5, invocationId: '1' });
    await clock.advance(100);
    expect([seen, client.hear().at(-1)]).toEqual([{ taken: 15, returned: 1 }, completion('1')]);
  });

  it('whose client is cut off for what others send ends with it, and leaves no timer behind', async () => {
    const { seen, iterator } = source();
    const { connect, clock } = testHub({
      methods: [
        streaming('Endless', ({ connection }) => ({
          ...iterator,
          next: () => {
            client.channel.bufferedBytes = 2_000_000;
            connection.send('news');
            return iterator.next();
          },
          [Symbol.asyncIterator]() {
            return this;
          },
        })),
      ],
    });
    const client = connect();
    client.stream('1', 'Endless');
    await clock.advance(0);
    expect([client.channel.ended, seen.returned, clock.pending]).toEqual(['aborted', 1, 0]);
  });

  it('whose item cuts its client off ends as well', async () => {
    const { seen, iterator } = source();
    const { connect, clock } = testHub({ methods: [streaming('Endless', () => ({ ...iterator, next: () => ((client.channel.bufferedBytes = 2_000_000), iterator.next()), [Symbol.asyncIterator]() { return this; } }))] });
    const client = connect();
    client.stream('1', 'Endless');
    await clock.advance(0);
    expect([client.channel.ended, seen.returned, clock.pending]).toEqual(['aborted', 1, 0]);
  });
});
