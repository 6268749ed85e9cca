import { ThrottlerStorageService, type ThrottlerStorage } from '@nestjs/throttler';
import { bench, describe } from 'vitest';
import { systemClock } from '@portico/core';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';

const many = 10_000;
const windowMs = 600_000;
const keys = Array.from({ length: many }, (_, i) => `user:6:mobile:${i}`);

async function withLiveKeys(storage: ThrottlerStorage): Promise<ThrottlerStorage> {
  for (const key of keys) await storage.increment(key, windowMs, 1e9, 0, 'default');
  return storage;
}

async function withHits(storage: ThrottlerStorage): Promise<ThrottlerStorage> {
  for (let i = 0; i < many; i++) await storage.increment('k', windowMs, many, 0, 'default');
  return storage;
}

const mine = () => new MemoryThrottlerStorage({ clock: systemClock });

describe('one hit, 10,000 live keys', async () => {
  const [packaged, own] = [await withLiveKeys(new ThrottlerStorageService()), await withLiveKeys(mine())];
  let i = 0;
  const next = () => keys[i++ % many] as string;
  bench('package', async () => void (await packaged.increment(next(), windowMs, 1e9, 0, 'default')), { iterations: 20_000, time: 300 });
  bench('own, increment', async () => void (await own.increment(next(), windowMs, 1e9, 0, 'default')), { iterations: 20_000, time: 300 });
  bench('own, hit', () => void (own as MemoryThrottlerStorage).hit(next(), windowMs, 1e9, 0, 'default'), { iterations: 20_000, time: 300 });
});

// At the limit, so that the package's list of hits stays as long as it is.
describe('one hit of a key with 10,000 hits in its window', async () => {
  const [packaged, own] = [await withHits(new ThrottlerStorageService()), await withHits(mine())];
  bench('package', async () => void (await packaged.increment('k', windowMs, many, 0, 'default')), { iterations: 200, time: 300 });
  bench('own, increment', async () => void (await own.increment('k', windowMs, many, 0, 'default')), { iterations: 20_000, time: 300 });
  bench('own, hit', () => void (own as MemoryThrottlerStorage).hit('k', windowMs, many, 0, 'default'), { iterations: 20_000, time: 300 });
});
