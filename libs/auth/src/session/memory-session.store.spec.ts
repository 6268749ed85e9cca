import { describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { describeLease } from '../../test/session/lease.contract.js';
import { newSession } from '../../test/session/new-session.js';
import { describeSessionStore } from '../../test/session/session-store.contract.js';
import { MemoryLease } from './memory-lease.js';
import { MemorySessionStore } from './memory-session.store.js';

describeSessionStore('MemorySessionStore', async () => {
  const clock = new ManualClock();
  return { store: new MemorySessionStore(clock), clock };
});

describeLease('MemoryLease', async () => {
  const clock = new ManualClock();
  const lease = new MemoryLease(clock);
  return { lease, other: lease, pass: (ms) => clock.advance(ms) };
});

describe('MemorySessionStore', () => {
  it('keeps no more sessions than it may: the one unused for longest goes', () => {
    const clock = new ManualClock();
    const store = new MemorySessionStore(clock, 2);
    const [first, second] = [store.create(newSession(clock)), store.create(newSession(clock))];
    store.update(first, 1, { lastSeenAtMs: 1 });
    const third = store.create(newSession(clock));
    expect([first, second, third].map((id) => store.read(id) !== undefined)).toEqual([true, false, true]);
    expect(store.size).toBe(2);
  });

  it('forgets sessions that have ended when another begins', async () => {
    const clock = new ManualClock();
    const store = new MemorySessionStore(clock);
    for (let count = 0; count < 5; count++) store.create(newSession(clock));
    await clock.advance(3_600_000);
    store.create(newSession(clock));
    expect(store.size).toBe(1);
    expect(store.deleteBySubject('alice')).toBe(1);
  });
});
