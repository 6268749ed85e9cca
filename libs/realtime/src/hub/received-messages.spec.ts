import { describe, expect, it } from 'vitest';
import { messageType, type HubMessage } from '../protocol/hub-message.js';
import { HubProtocolError } from '../protocol/hub-protocol-error.js';
import { ReceivedMessages } from './received-messages.js';

const call: HubMessage = { type: messageType.invocation, target: 'Echo', arguments: [] };
const ping: HubMessage = { type: messageType.ping };

/** So many calls that have come. */
function received(count: number): ReceivedMessages {
  const messages = new ReceivedMessages();
  for (let come = 0; come < count; come += 1) expect(messages.take(call)).toBe(true);
  return messages;
}

const taken = (messages: ReceivedMessages, ...sent: HubMessage[]): boolean[] => sent.map((message) => messages.take(message));

describe('what has come from a client', () => {
  it('is heard once over another socket, whatever is sent again', () => {
    const messages = received(3);
    messages.wait();
    expect(messages.goOn(2)).toBe(2);
    expect(taken(messages, call, ping, call, call)).toEqual([false, true, false, true]);
  });

  it('counts where a call, an item, a completion, a call for a stream or a cancellation is, and nothing else', () => {
    const messages = new ReceivedMessages();
    for (const type of Object.values(messageType)) expect(messages.take({ ...call, type } as HubMessage)).toBe(true);
    expect(messages.takeAcknowledgement(0)).toBe(5);
  });

  it('is not heard at all over another socket before the client has said where it goes on', () => {
    const messages = received(1);
    messages.wait();
    expect(taken(messages, call, ping, call)).toEqual([false, false, false]);
    expect(messages.goOn(2)).toBe(0);
    expect([taken(messages, call), messages.takeAcknowledgement(0)]).toEqual([[true], 2]);
  });

  it('may be all sent again, and none of what is missing', () => {
    const messages = received(3);
    messages.wait();
    expect(() => messages.goOn(5)).toThrow(HubProtocolError);
    expect(messages.goOn(0)).toBe(3);
    expect(taken(messages, call, call, call, call)).toEqual([false, false, false, true]);
  });

  it('is not turned back on the same socket', () => {
    const messages = received(3);
    expect([messages.goOn(1), messages.goOn(9), taken(messages, call)]).toEqual([0, 0, [true]]);
  });

  it('is acknowledged at most once a second, and when there is something new', () => {
    const messages = received(1);
    expect([messages.takeAcknowledgement(5_000), messages.takeAcknowledgement(10_000)]).toEqual([1, undefined]);
    messages.take(call);
    expect(messages.takeAcknowledgement(10_000)).toBe(2);
    messages.take(call);
    expect([messages.takeAcknowledgement(10_999), messages.takeAcknowledgement(11_000)]).toEqual([undefined, 3]);
    messages.take(ping);
    expect(messages.takeAcknowledgement(20_000)).toBeUndefined();
  });

  it('is acknowledged again when it comes again: the client has not heard of it', () => {
    const messages = received(2);
    messages.takeAcknowledgement(0);
    messages.wait();
    messages.goOn(2);
    messages.take(call);
    expect(messages.takeAcknowledgement(1_000)).toBe(2);
  });
});
