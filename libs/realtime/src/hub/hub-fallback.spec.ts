import { describe, expect, it } from 'vitest';
import { completion, failure } from '../../test/hub/test-client.js';
import { plain, testHub } from '../../test/hub/test-hub.js';
import { ForwardedHubError } from './forwarded-hub-error.js';

describe('a hub with a fallback', () => {
  it('gives it the calls of methods that it does not have, with the name and the id as the client wrote them', async () => {
    const taken: unknown[] = [];
    const { connect, clock } = testHub({
      methods: [plain('Own', () => 'own')],
      fallback: (target) => plain(target, ({ id, connection, arguments: args }) => {
        taken.push([target, id, connection.protocol.name]);
        return args[0];
      }),
    });
    const client = connect();
    client.call('1', 'OWN', 1);
    client.call('2', 'Other', 2);
    client.call(undefined, 'toString', 3);
    client.stream('3', 'Other', 4);
    await clock.advance(0);
    expect(taken).toEqual([['Other', '2', 'json'], ['toString', undefined, 'json']]);
    expect(client.hear()).toEqual([failure('3', "The client attempted to invoke the non-streaming 'Other' method with a streaming invocation."), completion('1', 'own'), completion('2', 2)]);
  });
});

describe('an error that is passed on', () => {
  it('reaches the client as it is, and is not reported', async () => {
    const { connect, clock } = testHub({ methods: [plain('Ask', () => Promise.reject(new ForwardedHubError('Sold out.')))] });
    const client = connect();
    client.call('1', 'Ask');
    await clock.advance(0);
    expect(client.hear()).toEqual([failure('1', 'Sold out.')]);
  });
});
