import type { Clock, Timer } from '@portico/core';
import type { LeaseHandle } from './lease.js';

const renewals = 3;

/** Runs `task` and renews the lease meanwhile, three times within its length `ttlMs`; gives it back afterwards, whatever became of the task. */
export async function withLease<T>(held: LeaseHandle, ttlMs: number, clock: Clock, task: () => Promise<T>): Promise<T> {
  let timer: Timer;
  const renewLater = (): void => {
    timer = clock.schedule(() => {
      // A lease that could not be renewed ends by itself; the session is read again before anything is stored.
      void (async () => held.renew())().catch(() => {});
      renewLater();
    }, ttlMs / renewals);
  };
  renewLater();
  try {
    return await task();
  } finally {
    timer!.cancel();
    await (async () => held.release())().catch(() => {});
  }
}
