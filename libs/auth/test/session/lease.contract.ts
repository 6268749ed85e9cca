import { beforeEach, describe, expect, it } from 'vitest';
import type { Lease } from '../../src/session/lease.js';

/** What every lease promises. `pass` lets `ms` go by for the holder's time. */
export function describeLease(title: string, make: () => Promise<{ lease: Lease; other: Lease; pass: (ms: number) => Promise<void> }>): void {
  describe(title, () => {
    let lease: Lease;
    let other: Lease;
    let pass: (ms: number) => Promise<void>;
    beforeEach(async () => ({ lease, other, pass } = await make()));

    it('has one holder at a time, and one for each key', async () => {
      expect(await lease.acquire('a', 5_000)).toBeDefined();
      expect(await other.acquire('a', 5_000)).toBeUndefined();
      expect(await other.acquire('b', 5_000)).toBeDefined();
    });

    it('is free again once it is given back', async () => {
      await (await lease.acquire('a', 5_000))?.release();
      expect(await other.acquire('a', 5_000)).toBeDefined();
    });

    it('ends by itself, and its former holder can neither renew it nor give back that of the next one', async () => {
      const late = await lease.acquire('a', 20);
      await pass(40);
      const next = await other.acquire('a', 5_000);
      expect(next).toBeDefined();
      expect(await late?.renew()).toBe(false);
      await late?.release();
      expect(await lease.acquire('a', 5_000)).toBeUndefined();
      expect(await next?.renew()).toBe(true);
    });
  });
}
