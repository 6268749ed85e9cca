import { describe, expect, it } from 'vitest';
import { Cancellation } from './cancellation.js';
import { PorticoError } from './portico-error.js';

const reason = new PorticoError('CLIENT_CLOSED');

describe('Cancellation', () => {
  it('passes the first reason on to every member, once', () => {
    const seen: unknown[] = [];
    const tree = new Cancellation();
    tree.add({ cancel: (why) => seen.push(why) });
    tree.cancel(reason);
    tree.cancel(new PorticoError('INTERNAL'));
    expect(seen).toEqual([reason]);
    expect(tree.reason).toBe(reason);
  });

  it('cancels at once what is added after it was cancelled', () => {
    const tree = new Cancellation();
    tree.cancel(reason);
    const seen: unknown[] = [];
    tree.add({ cancel: (why) => seen.push(why) });
    expect(seen).toEqual([reason]);
  });

  it('leaves finished work alone', () => {
    const seen: unknown[] = [];
    const tree = new Cancellation();
    const member = { cancel: (why: unknown) => seen.push(why) };
    tree.add(member);
    tree.delete(member);
    tree.cancel(reason);
    expect(seen).toEqual([]);
  });

  it('aborts its signal with the reason, whether it was asked for before or after', () => {
    const tree = new Cancellation();
    const before = tree.toAbortSignal();
    tree.cancel(reason);
    expect(before.aborted).toBe(true);
    expect(tree.toAbortSignal().reason).toBe(reason);
    const late = new Cancellation();
    late.cancel(reason);
    expect(late.toAbortSignal().reason).toBe(reason);
  });
});
