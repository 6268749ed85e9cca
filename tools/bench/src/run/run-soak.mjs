import { setTimeout as pause } from 'node:timers/promises';
import { rssMbOf, socketsOf } from '../machine/proc-stat.mjs';
import { slope } from '../statistics.mjs';
import { enter } from './entrant.mjs';

/**
 * How one system bore a minute of steady load.
 * @typedef {object} Soak
 * @property {string} system
 * @property {number} perSecond rate of requests: half of what it can do
 * @property {number} idleSlopeKbPerSecond growth of its memory while nobody asks
 * @property {number} slopeKbPerSecond growth of its memory under the load
 * @property {number} socketsBefore open before the load
 * @property {number} socketsAfter open once it is over
 */

const contestant = 'portico-full';
const seconds = 60;
/** The beginning of a minute is not looked at: the heap takes its size then. */
const observedSeconds = 40;
const sampleMs = 500;
/** At full load before it all: until the old generation has been collected once, memory only grows, whatever the code. */
const runInSeconds = 40;
/** Time in which connections that were given up are closed. */
const settleMs = 2_000;

/**
 * A minute of idling and a minute at half the knee, one after the other in the same process.
 * @param {readonly import('../plan/systems.mjs').System[]} systems that take part
 * @param {import('../options.mjs').BenchOptions} options
 * @param {import('./arena.mjs').Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<Soak[]>} none when the system is not there
 */
export async function runSoak(systems, options, arena, say) {
  const bout = { name: 'SOAK', reviewsFault: /** @type {const} */ ('none'), lanes: [{ system: contestant, workload: /** @type {const} */ ('SOAK') }], ratios: {} };
  const [entrant] = await enter(bout, systems, options, arena, say);
  if (!entrant) return [];
  const { gateway, target } = entrant;
  try {
    // The knee of a single thread: what it answers when it is never without work.
    const { perSecond: knee } = await arena.generator.call('warmUp', { ...target, first: arena.takeIds(1_000_000), seconds: runInSeconds });
    const perSecond = Math.round(knee / 2);
    await pause(settleMs);
    const socketsBefore = socketsOf(gateway.pid);
    say(`SOAK: ${seconds} s idle, then ${seconds} s at ${perSecond}/s`);
    const idleSlopeKbPerSecond = await growth(gateway.pid, pause(seconds * 1_000));
    const load = arena.generator.call('keepAsking', { ...target, first: arena.takeIds(perSecond * seconds), perSecond, seconds });
    const slopeKbPerSecond = await growth(gateway.pid, load);
    await pause(settleMs);
    return [{ system: contestant, perSecond, idleSlopeKbPerSecond, slopeKbPerSecond, socketsBefore, socketsAfter: socketsOf(gateway.pid) }];
  } finally {
    await gateway.stop();
  }
}

/**
 * How fast the memory of a process grows in the last seconds before something ends.
 * @param {number} pid
 * @param {Promise<unknown>} end
 * @returns {Promise<number>} kB of 1,000 bytes per second
 */
async function growth(pid, end) {
  /** @type {{ x: number, y: number }[]} */
  const samples = [];
  const timer = setInterval(() => samples.push({ x: performance.now() / 1_000, y: rssMbOf(pid) * 1_000 }), sampleMs);
  try {
    await end;
  } finally {
    clearInterval(timer);
  }
  const from = performance.now() / 1_000 - observedSeconds;
  return slope(samples.filter(({ x }) => x >= from));
}
