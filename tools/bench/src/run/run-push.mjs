import { perTicks, pushLoad } from '../plan/push-load.mjs';
import { enterPush } from './push-entrant.mjs';

/** @typedef {import('./push-entrant.mjs').PushEntrant} PushEntrant */

/**
 * One push server in one round.
 * @typedef {object} Push
 * @property {number} round
 * @property {string} system
 * @property {number} memoryKb that an idle connection holds, in kB of 1,000 bytes
 * @property {({ perTick: number } & import('../load/push/jobs.mjs').PushWindow)[]} windows one for each number of messages in a tick
 */

const contestants = ['portico-push', 'socketio'];
/** Ticks right before each window: code gets hot, and buffers take their size. */
const runInTicks = 20;

/**
 * Measures the push servers, in fresh processes each round: first their memory, then the windows, those that are compared next to each other.
 * @param {readonly import('../plan/systems.mjs').System[]} systems that take part
 * @param {import('../options.mjs').BenchOptions} options
 * @param {import('./arena.mjs').Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<Push[]>} rejects when a delivery is lost, comes twice, out of order or changed
 */
export async function runPush(systems, options, arena, say) {
  const load = pushLoad(options);
  const taking = systems.filter(({ name }) => contestants.includes(name));
  /** @type {Push[]} */
  const pushes = [];
  for (let round = 1; round <= options.pairs; round += 1) {
    /** @type {PushEntrant[]} */
    const entrants = [];
    try {
      for (const system of taking) entrants.push(await enterPush(system, load, arena));
      const measured = entrants.map(({ system, memoryKb }) => /** @type {Push} */ ({ round, system, memoryKb, windows: [] }));
      for (const perTick of perTicks) {
        for (const [index, { collect, measure }] of entrants.entries()) {
          await collect();
          await measure(runInTicks, perTick);
          measured[index]?.windows.push({ perTick, ...(await measure(load.ticks, perTick)) });
        }
      }
      pushes.push(...measured);
    } finally {
      await Promise.all(entrants.map((entrant) => entrant.stop()));
    }
    say(`PUSH round ${round}/${options.pairs}: ${pushes.slice(-taking.length).map(shown).join('  ')}`);
  }
  return pushes;
}

/** @param {Push} push */
const shown = ({ system, memoryKb, windows }) =>
  `${system} ${memoryKb.toFixed(1)} kB, ${windows.map(({ perTick, cpuMicros, p99Ms }) => `${perTick} per tick ${cpuMicros.toFixed(1)} µs p99 ${p99Ms.toFixed(0)} ms`).join(', ')}`;
