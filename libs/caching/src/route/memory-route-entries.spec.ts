import { describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { MemoryRouteEntries, type KeptRouteAnswer } from '../index.js';

const entry = (bytes: number, region = 'r', uri = 's\n/a'): KeptRouteAnswer => ({
  kind: 'answer', region, uri, owner: '*', vary: [], selection: '', status: 200, headers: [['x-a', 'b']], headLength: undefined, receivedAtMs: 0, initialAgeMs: 0, lifetimeMs: 1,
  staleWhileRevalidateMs: 0, staleIfErrorMs: 0, forbidsStale: false, policy: undefined, body: Buffer.alloc(bytes),
});

describe('MemoryRouteEntries', () => {
  it('gives an entry until its time is over', async () => {
    const clock = new ManualClock();
    const entries = new MemoryRouteEntries({ clock });
    const kept = entry(1);
    entries.write('k', kept, 1_000);
    await clock.advance(999);
    expect(entries.read('k')).toBe(kept);
    await clock.advance(1);
    expect(entries.read('k')).toBeUndefined();
    expect([entries.size, entries.bytes, entries.purgeRegion('r'), entries.purgeUri('s\n/a')]).toEqual([0, 0, 0, 0]);
  });

  it('never outgrows its bounds: the least recently used go first', () => {
    const entries = new MemoryRouteEntries({ clock: new ManualClock(), maxBytes: 100_000 });
    for (let index = 0; index < 50; index++) {
      entries.write(`k${index}`, entry(10_000), 1_000);
      entries.read('k0');
      expect(entries.bytes).toBeLessThanOrEqual(100_000);
    }
    expect(entries.read('k0')).toBeDefined();
    expect(entries.read('k1')).toBeUndefined();
    expect(entries.purgeRegion('r')).toBe(entries.size + 9);
    const few = new MemoryRouteEntries({ clock: new ManualClock(), maxEntries: 2 });
    for (let index = 0; index < 3; index++) few.write(`k${index}`, entry(1), 1_000);
    expect(few.size).toBe(2);
  });

  it('purges by region and by address, and forgets what it displaced', () => {
    const entries = new MemoryRouteEntries({ clock: new ManualClock() });
    entries.write('a', entry(1, 'r1', 's\n/a'), 1_000);
    entries.write('b', entry(1, 'r2', 's\n/a'), 1_000);
    entries.write('c', entry(1, 'r2', 's\n/c'), 1_000);
    entries.write('c', entry(1, 'r1', 's\n/d'), 1_000);
    expect(entries.purgeRegion('r2')).toBe(1);
    expect(entries.purgeUri('s\n/c')).toBe(0);
    expect(entries.purgeUri('s\n/d')).toBe(1);
    expect(entries.purgeRegion('r1')).toBe(1);
    expect(entries.size).toBe(0);
  });

  it('takes no more than a quarter of its memory for one body', () => {
    expect(new MemoryRouteEntries({ clock: new ManualClock() }).maxEntryBytes).toBe(1_048_576);
    expect(new MemoryRouteEntries({ clock: new ManualClock(), maxBytes: 1_000_000 }).maxEntryBytes).toBe(250_000);
  });
});
