import { setTimeout as pause } from 'node:timers/promises';
import { cpuSecondsOf } from '../../machine/proc-stat.mjs';
import { numbersFor } from '../../plan/push-schedule.mjs';
import { nowMicros } from '../../services/price-change.mjs';
import { percentile } from '../../statistics.mjs';
import { openCrowd } from './crowd.mjs';
import { dialects } from './dialects.mjs';
import { expectedDeliveries } from './expected.mjs';

/** @typedef {import('../../plan/push-schedule.mjs').PushTick} PushTick */

/**
 * What one window measured.
 * @typedef {{ deliveries: number, cpuSeconds: number, cpuMicros: number, p50Ms: number, p99Ms: number }} PushWindow
 *   cpuMicros: CPU time of the server per delivery; p50Ms, p99Ms: from the call of `send` to the client, without the first ticks
 */

/** Time in which the last delivery has to come after all was sent. */
const patienceMs = 20_000;
/** Time in which one too many would come. */
const afterMs = 100;
/** Ticks at the beginning of a window whose times do not count: what is expected is new then, for which the clients' code is compiled anew, and they are slower than any server. */
const untimedTicks = 4;

/** The clients' groups, each client's by its index. @type {readonly string[]} */
let clientGroups = [];
let expected = expectedDeliveries([]);
/** @type {number[]} */
let latenciesMs = [];
/** The first message whose time counts. */
let timedFrom = 0;
/** The first thing that went wrong, at any time. @type {Error | undefined} */
let fault;

/** @type {import('./crowd.mjs').CrowdListener} */
const listener = {
  delivered: (client, { sequence, atMicros }) => {
    if (sequence >= timedFrom) latenciesMs.push((nowMicros() - atMicros) / 1_000);
    try {
      expected.take(client, sequence);
    } catch (error) {
      listener.failed(/** @type {Error} */ (error));
    }
  },
  failed: (error) => (fault ??= error),
};

/**
 * Connects a client for each of these groups.
 * @param {{ system: string, origin: string, groups: readonly string[] }} job
 */
export async function connect({ system, origin, groups }) {
  const dialect = dialects[system];
  if (!dialect) throw new Error(`there is no client of ${system}`);
  clientGroups = groups;
  await openCrowd(dialect, origin, groups, listener);
}

/**
 * Lets the server send, and measures its CPU time until the last delivery is there. Every delivery is checked; nothing may be lost, come twice or out of order.
 * @param {{ origin: string, pid: number, ticks: readonly PushTick[], tickMs: number }} job
 * @returns {Promise<PushWindow>}
 */
export async function receive({ origin, pid, ticks, tickMs }) {
  const byGroup = new Map([...new Set(clientGroups)].map((group) => [group, numbersFor(ticks, group)]));
  expected = expectedDeliveries(clientGroups.map((group) => byGroup.get(group) ?? []));
  latenciesMs = [];
  timedFrom = ticks[Math.min(untimedTicks, ticks.length - 1)]?.first ?? 0;
  const cpu = cpuSecondsOf(pid);
  const published = await fetch(`${origin}/publish`, { method: 'POST', body: JSON.stringify({ ticks, tickMs }) });
  await published.text();
  await complete();
  const cpuSeconds = cpuSecondsOf(pid) - cpu;
  await pause(afterMs);
  if (fault) throw fault;
  const deliveries = expected.total;
  return { deliveries, cpuSeconds, cpuMicros: (cpuSeconds / deliveries) * 1e6, p50Ms: percentile(latenciesMs, 50), p99Ms: percentile(latenciesMs, 99) };
}

async function complete() {
  const end = performance.now() + patienceMs;
  while (expected.missing() > 0) {
    if (fault) throw fault;
    if (performance.now() > end) throw new Error(`${expected.missing()} of ${expected.total} deliveries did not come`);
    await pause(5);
  }
}
