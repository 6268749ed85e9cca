import { describe, expect, it } from 'vitest';
import { completion, failure } from '../../test/hub/test-client.js';
import { deferred, plain, streaming, testHub } from '../../test/hub/test-hub.js';
import type { HubCall } from './hub-definition.js';

const item = (invocationId: string, value: unknown): object => ({ type: 2, invocationId, item: value });
const call = (invocationId: string, target: string, streamIds: string[] | undefined, ...args: unknown[]): object => ({ type: 1, invocationId, target, arguments: args, streamIds });

async function all(stream: unknown): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const one of stream as AsyncIterable<unknown>) items.push(one);
  return items;
}

const join = plain('Join', async ({ arguments: [stream] }: HubCall) => (await all(stream)).join(''), 0);

describe('a stream that a client sends along', () => {
  it('reaches the method, what came before it was read as well, and ends with its completion', async () => {
    const { connect, clock } = testHub({ methods: [join] });
    const client = connect();
    client.say(call('1', 'Join', ['u1']), item('u1', 'a'), item('u1', 'b'));
    await clock.advance(0);
    expect(client.hear()).toEqual([]);
    client.say(item('u1', 'c'), completion('u1'), item('u1', 'after the end'));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', 'abc')]);
  });

  it('takes its place between the arguments on the wire', async () => {
    const { connect, clock } = testHub({
      methods: [plain('Mix', async ({ arguments: args }: HubCall) => Promise.all(args.map((arg) => (typeof arg === 'object' ? all(arg) : (arg ?? 'nothing')))), 3, 1)],
    });
    const client = connect();
    client.say(call('1', 'Mix', ['x', 'y'], 'first', 'third'), item('y', 'Y'), item('x', 'X'), completion('x'), completion('y'));
    client.say(call('2', 'Mix', ['x', 'y']), completion('x'), completion('y'));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', ['first', ['X'], 'third', ['Y']]), completion('2', ['nothing', [], 'nothing', []])]);
  });

  it.each([
    ['too many', ['a', 'b']],
    ['none', undefined],
  ])('is refused when there are %s of them', async (_, streamIds) => {
    const { connect } = testHub({ methods: [join] });
    const client = connect();
    client.say(call('1', 'Join', streamIds));
    const refused = `An unexpected error occurred invoking 'Join' on the server. HubException: Client sent ${streamIds?.length ?? 0} stream(s), Hub method expects 1.`;
    expect(client.hear()).toEqual([failure('1', refused)]);
  });

  it('is refused under an id that is in use, and leaves the one that uses it alone', async () => {
    const { connect, clock } = testHub({ methods: [join, plain('Two', ({ arguments: args }) => Promise.all(args.map(all)), 0, 1)] });
    const client = connect();
    const refused = "An unexpected error occurred invoking 'Two' on the server. HubException: Stream ID 'u' is already in use.";
    client.say(call('1', 'Join', ['u']), call('2', 'Two', ['v', 'u']), call('3', 'Two', ['x', 'x']), call('4', 'Two', ['v', 'w']));
    client.say(item('u', 'a'), completion('u'), completion('v'), completion('w'));
    await clock.advance(0);
    expect(client.hear()).toEqual([failure('2', refused), failure('3', refused.replace("'u'", "'x'")), completion('1', 'a'), completion('4', [[], []])]);
  });

  it('that ends with an error throws it into the method, after the items before it', async () => {
    const seen: unknown[] = [];
    const { connect, clock } = testHub({
      methods: [
        plain('Read', async ({ arguments: [stream] }: HubCall) => {
          for await (const one of stream as AsyncIterable<unknown>) seen.push(one);
        }, 0),
      ],
    });
    const client = connect();
    client.say(call('1', 'Read', ['u']), item('u', 1), { type: 3, invocationId: 'u', error: 'The disk is full.' });
    await clock.advance(0);
    expect([client.hear(), seen]).toEqual([[failure('1', "An unexpected error occurred invoking 'Read' on the server. HubException: The disk is full.")], [1]]);
  });

  it('that is too far ahead of the method fails, and the connection goes on', async () => {
    const go = deferred();
    const { connect, clock } = testHub({
      methods: [
        plain('Slow', async ({ arguments: [stream] }: HubCall) => {
          await go.promise;
          return all(stream);
        }, 0),
        plain('One', () => 1),
      ],
      options: { streamBufferItems: 2 },
    });
    const client = connect();
    client.say(call('1', 'Slow', ['u']), item('u', 1), item('u', 2), item('u', 3), item('u', 4), completion('u'));
    go.resolve();
    await clock.advance(0);
    client.call('2', 'One');
    await clock.advance(0);
    const failed = "An unexpected error occurred invoking 'Slow' on the server. HubException: More than 2 items of a stream wait: send them no faster than the method reads.";
    expect(client.hear()).toEqual([failure('1', failed), completion('2', 1)]);
  });

  it('holds what comes in one go up to the rate of messages', async () => {
    const { connect, clock } = testHub({ methods: [join] });
    const client = connect();
    client.say(call('1', 'Join', ['u']), ...Array.from({ length: 190 }, () => item('u', 'x')), completion('u'));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', 'x'.repeat(190))]);
  });

  it('is left unread once the method has ended, and its id is free for another', async () => {
    const kept: AsyncIterable<unknown>[] = [];
    const { connect, clock } = testHub({ methods: [join, plain('First', async ({ arguments: [stream] }: HubCall) => (kept.push(stream as AsyncIterable<unknown>), 'done'), 0)] });
    const client = connect();
    client.say(call('1', 'First', ['u']), item('u', 'a'));
    await clock.advance(0);
    client.say(item('u', 'left over'), item('never opened', 1), completion('never opened'));
    client.say(call('2', 'Join', ['u']), item('u', 'b'), completion('u'));
    await clock.advance(0);
    expect([client.hear(), await all(kept[0])]).toEqual([[completion('1', 'done'), completion('2', 'b')], []]);
  });

  it('keeps its id from the call before it, which had ended its own stream of that id', async () => {
    const go = deferred();
    const { connect, clock } = testHub({
      methods: [plain('Slow', () => go.promise, 0), streaming('Echo', ({ arguments: [stream] }) => stream, 0)],
    });
    const client = connect();
    client.say(call('1', 'Slow', ['u']), completion('u'), { type: 4, invocationId: '2', target: 'Echo', arguments: [], streamIds: ['u'] });
    go.resolve();
    await clock.advance(0);
    client.say(item('u', 'a'), completion('u'));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1'), item('2', 'a'), completion('2')]);
  });

  it('may be read and left before its end by a method that goes on', async () => {
    const { connect, clock } = testHub({
      methods: [
        plain('FirstOf', async ({ arguments: [stream] }: HubCall) => {
          let first: unknown;
          for await (const one of stream as AsyncIterable<unknown>) {
            first = one;
            break;
          }
          return [first, await all(stream)];
        }, 0),
      ],
    });
    const client = connect();
    client.say(call('1', 'FirstOf', ['u']), item('u', 1), item('u', 2), item('u', 3));
    await clock.advance(0);
    expect(client.hear()).toEqual([completion('1', [1, []])]);
  });

  it('fails when the client leaves: what came is not taken for the whole', async () => {
    const ends: unknown[] = [];
    const { connect, clock } = testHub({ methods: [plain('Read', async ({ arguments: [stream] }: HubCall) => all(stream).catch((error: Error) => void ends.push(error.message)), 0)] });
    const client = connect();
    client.say(call('1', 'Read', ['u']), item('u', 1));
    await clock.advance(0);
    client.leave();
    await clock.advance(0);
    expect(ends).toEqual(['The client left before its stream ended.']);
  });
});
