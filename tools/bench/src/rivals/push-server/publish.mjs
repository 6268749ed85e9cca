import { setTimeout as pause } from 'node:timers/promises';
import { nowMicros, priceChange } from '../../services/price-change.mjs';

/** @typedef {import('../../plan/push-schedule.mjs').PushTick} PushTick */

/**
 * Sends what the ticks say, one tick every `tickMs`. One that is late does not delay those after it.
 * @param {{ ticks: readonly PushTick[], tickMs: number }} schedule
 * @param {(to: string, message: object) => void} send
 */
export async function publish({ ticks, tickMs }, send) {
  const start = performance.now();
  for (const [index, { to, first, count }] of ticks.entries()) {
    await pause(Math.max(0, start + index * tickMs - performance.now()));
    for (let sequence = first; sequence < first + count; sequence += 1) send(to, priceChange(sequence, nowMicros()));
  }
}
