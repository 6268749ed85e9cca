import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import type { CountingAlgorithm } from './counting.js';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';

let clock: ManualClock;
let storage: MemoryThrottlerStorage;

beforeEach(() => {
  clock = new ManualClock();
  storage = new MemoryThrottlerStorage({ clock });
});

type Hit = { key?: string; limit?: number; windowMs?: number; blockMs?: number; burst?: number; name?: string };
const hitBy = (algorithm: CountingAlgorithm) => ({ key = 'k', limit = 3, windowMs = 10_000, blockMs = 0, burst = 0, name = 'route' }: Hit = {}) =>
  storage.hit(key, windowMs, limit, blockMs, name, { algorithm, burst });
const admitted = (hit: () => { isBlocked: boolean }, tries: number) => Array.from({ length: tries }, hit).filter((record) => !record.isBlocked).length;

describe('MemoryThrottlerStorage with several algorithms', () => {
  it('begins a key anew that is counted otherwise', () => {
    for (const algorithm of ['fixed', 'token-bucket', 'sliding'] as const) expect(admitted(() => hitBy(algorithm)(), 5)).toBe(3);
    expect(storage.size).toBe(1);
  });

  it('forgets ended seconds although an older quota is still running', async () => {
    hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' });
    for (let i = 0; i < 50; i++) hitBy('sliding')({ key: `old-${i}`, windowMs: 1_000 });
    await clock.advance(10_000);
    for (let i = 0; i < 50; i++) hitBy('sliding')({ key: `new-${i}`, windowMs: 1_000 });
    expect(storage.size).toBeLessThanOrEqual(52);
    expect(hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' }).totalHits).toBe(2);
  });

  it('keeps a running quota while a flood of other keys passes', () => {
    storage = new MemoryThrottlerStorage({ clock, maxKeys: 10 });
    const quota = () => hitBy('fixed')({ key: 'quota', windowMs: 86_400_000, name: 'quota' });
    quota();
    for (let i = 0; i < 1_000; i++) hitBy('sliding')({ key: `flood-${i}` });
    expect(storage.size).toBe(10);
    expect(quota().totalHits).toBe(2);
  });

  it.each(['fixed', 'token-bucket'] as const)('drops ended keys of a %s', async (algorithm) => {
    for (let i = 0; i < 100; i++) hitBy(algorithm)({ key: `old-${i}` });
    await clock.advance(20_000);
    for (let i = 0; i < 100; i++) hitBy(algorithm)({ key: `new-${i}` });
    expect(storage.size).toBeLessThanOrEqual(101);
    expect(clock.pending).toBe(0);
  });
});
