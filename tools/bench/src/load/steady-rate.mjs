import { setTimeout as pause } from 'node:timers/promises';

const tickMs = 5;

/**
 * Asks so many times per second, whatever the answers do: every few milliseconds as often as is due by then.
 * @param {number} perSecond
 * @param {number} seconds
 * @param {(index: number) => Promise<void>} ask
 * @returns {Promise<number>} how many were asked, once all are answered; rejects with the first failure
 */
export async function steadyRate(perSecond, seconds, ask) {
  const total = Math.round(perSecond * seconds);
  const start = performance.now();
  /** @type {Set<Promise<void>>} */
  const open = new Set();
  /** @type {unknown[]} */
  const failures = [];
  for (let asked = 0; asked < total && failures.length === 0; ) {
    await pause(tickMs);
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1_000) * perSecond));
    while (asked < due) {
      const answer = ask(asked++)
        .catch((error) => void failures.push(error))
        .then(() => void open.delete(answer));
      open.add(answer);
    }
  }
  await Promise.all(open);
  if (failures.length > 0) throw failures[0];
  return total;
}
