import { describe, expect, it } from 'vitest';
import { SentMessages } from './sent-messages.js';

/** Messages of ten bytes each. */
function sent(maxBytes: number, ...names: string[]): SentMessages {
  const messages = new SentMessages(maxBytes);
  for (const name of names) {
    messages.keep(name.padEnd(10));
    messages.markSent();
  }
  return messages;
}

/** What would be sent over another socket, and from which id on. */
function again(messages: SentMessages): readonly unknown[] {
  messages.rewind();
  return [messages.oldestId, messages.takeUnsent().map((record) => (record as string).trim())];
}

describe('what was sent to a client', () => {
  it('is numbered from 1 on, and sent again until the client has it', () => {
    const messages = sent(100, 'a', 'b', 'c');
    expect(again(messages)).toEqual([1, ['a', 'b', 'c']]);
    messages.acknowledge(2);
    expect([again(messages), again(messages)]).toEqual([[3, ['c']], [3, ['c']]]);
    messages.acknowledge(3);
    expect(again(messages)).toEqual([4, []]);
    messages.keep('d');
    expect(again(messages)).toEqual([4, ['d']]);
  });

  it('begins with the id that comes first while there is nothing', () => {
    expect(again(sent(100))).toEqual([1, []]);
  });

  it('is given up for no acknowledgement that is old, repeated or of what was never sent', () => {
    const messages = sent(100, 'a', 'b');
    messages.acknowledge(1);
    messages.acknowledge(1);
    messages.acknowledge(0);
    expect(again(messages)).toEqual([2, ['b']]);
    messages.acknowledge(1_000);
    messages.keep('c');
    expect(again(messages)).toEqual([3, ['c']]);
  });

  it('gives way to what comes after it, oldest first, beyond the bytes that are kept', () => {
    const messages = sent(30, 'a', 'b', 'c');
    expect([messages.keep('d'.padEnd(11)), again(messages)]).toEqual([true, [3, ['c', 'd']]]);
  });

  it('never gives way before it was sent: then the rest does not fit', () => {
    const messages = sent(30, 'a');
    expect(['b', 'c', 'd', 'e'].map((name) => messages.keep(name.padEnd(10)))).toEqual([true, true, true, false]);
    expect(messages.takeUnsent().map((record) => (record as string).trim())).toEqual(['b', 'c', 'd', 'e']);
    expect(messages.takeUnsent()).toEqual([]);
  });

  it('is one record at least, however large, until the next comes', () => {
    const messages = sent(30, 'a');
    expect([messages.keep('x'.repeat(40)), again(messages)]).toEqual([false, [2, ['x'.repeat(40)]]]);
    expect([messages.keep(new Uint8Array(5)), messages.oldestId, messages.takeUnsent()]).toEqual([true, 3, [new Uint8Array(5)]]);
  });

  it('is crowded beyond three quarters of the bytes, until the client has it', () => {
    const messages = sent(40, 'a', 'b', 'c');
    expect(messages.crowded).toBe(false);
    messages.keep('d');
    expect(messages.crowded).toBe(true);
    messages.acknowledge(1);
    expect(messages.crowded).toBe(false);
  });
});
