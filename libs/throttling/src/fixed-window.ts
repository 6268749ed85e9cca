import type { Allowance } from './counter.js';
import type { ThrottlerRecord } from './counting-storage.js';
import { WindowCounter } from './window-counter.js';

/** Hits of one key in a window that begins with its first hit. Two windows that meet may let twice the limit through at their border. */
export class FixedWindow extends WindowCounter {
  readonly algorithm = 'fixed';
  #hits = 0;

  ended(now: number): boolean {
    return now >= this.startedAt + this.windowMs && now >= this.blockedUntil;
  }

  hit(allowance: Allowance, now: number): ThrottlerRecord {
    const { windowMs, limit } = allowance;
    if (now < this.blockedUntil) return this.stayRefused(limit, this.blockedUntil - now, now);
    if (this.blockedUntil > -Infinity || windowMs !== this.windowMs || now >= this.startedAt + this.windowMs) this.restart(windowMs, now);
    if (this.#hits >= limit) return this.refuse(allowance, this.startedAt + this.windowMs - now, now);
    return this.admit(++this.#hits, now);
  }

  protected override restart(windowMs: number, now: number): void {
    super.restart(windowMs, now);
    this.#hits = 0;
  }
}
