import { laneName } from '../plan/bouts.mjs';
import { enter } from './entrant.mjs';

/** @typedef {import('./entrant.mjs').Entrant} Entrant */
/** @typedef {import('./arena.mjs').Arena} Arena */

/**
 * One measured window of one lane.
 * @typedef {object} Run
 * @property {string} bout
 * @property {number} round
 * @property {string} lane
 * @property {number} requests
 * @property {number} cpuSeconds
 * @property {number} wallSeconds
 * @property {number} cpuMicros CPU time per request
 */

/**
 * So many processes of each system take part, one after another: two of the same program differ by up to a tenth for as long as they live,
 * by where their memory lies and what was compiled when, and one of each would say as much of that as of the programs.
 */
const processes = 3;

/**
 * Measures the lanes of a bout in turn, A B C A B C, the gateways of all of them up at the same time, each in its own process.
 * @param {import('../plan/bouts.mjs').Bout} bout
 * @param {readonly import('../plan/systems.mjs').System[]} systems that take part; lanes of others are left out
 * @param {import('../options.mjs').BenchOptions} options
 * @param {Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<Run[]>}
 */
export async function runBout(bout, systems, options, arena, say) {
  /** @type {Run[]} */
  const runs = [];
  const turns = inTurns(options);
  const perProcess = Math.ceil(turns.pairs / processes);
  /** @type {(first: number, last: number) => Promise<void>} */
  const measureFreshProcesses = async (first, last) => {
    const entrants = await enter(bout, systems, turns, arena, say);
    try {
      for (let round = first; round <= last; round += 1) {
        for (const entrant of entrants) runs.push(await window(bout.name, round, entrant, arena));
        say(`${bout.name} round ${round}/${turns.pairs}: ${runs.slice(-entrants.length).map(shown).join('  ')}`);
      }
    } finally {
      await Promise.all(entrants.map(({ gateway }) => gateway.stop()));
    }
  };
  await arena.setReviewsFault(bout.reviewsFault);
  try {
    for (let first = 1; first <= turns.pairs; first += perProcess) await measureFreshProcesses(first, Math.min(first + perProcess - 1, turns.pairs));
  } finally {
    await arena.setReviewsFault('none');
  }
  return runs;
}

/**
 * Cuts windows into turns of a second at most: what else the machine does changes from second to second, and is the same for neighbours that lie close together.
 * @param {import('../options.mjs').BenchOptions} options
 * @returns {import('../options.mjs').BenchOptions}
 */
function inTurns(options) {
  const cuts = Math.ceil(options.seconds);
  return { ...options, pairs: options.pairs * cuts, seconds: options.seconds / cuts };
}

/**
 * @param {string} bout
 * @param {number} round
 * @param {Entrant} entrant
 * @param {Arena} arena
 * @returns {Promise<Run>}
 */
async function window(bout, round, { lane, gateway, target, count, runIn }, arena) {
  const first = arena.takeIds(runIn + count);
  /** @type {import('../load/jobs.mjs').Window} */
  const measured = await arena.generator.call('measure', { ...target, first, runIn, count, pid: gateway.pid });
  return { bout, round, lane: laneName(lane), ...measured, cpuMicros: (measured.cpuSeconds / measured.requests) * 1e6 };
}

/** @param {Run} run */
const shown = ({ lane, cpuMicros, requests, wallSeconds }) => `${lane} ${cpuMicros.toFixed(0)} µs (${(requests / wallSeconds).toFixed(0)}/s)`;
