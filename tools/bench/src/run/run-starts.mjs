import { startGateway } from '../machine/gateway.mjs';
import { rssMbOf } from '../machine/proc-stat.mjs';

/** One start of one system. @typedef {{ round: number, system: string, startSeconds: number, rssMb: number }} Start */

/** Start times are compared for these; the first of the two BFFs that is built stands for the platform. */
const contestants = ['bare-nest', 'handwritten'];
const platform = ['web-bff', 'portico-full'];

/**
 * Starts the systems in turn, each alone, and stops them after their first good answer.
 * @param {readonly import('../plan/systems.mjs').System[]} systems that take part
 * @param {number} rounds
 * @param {import('./arena.mjs').Arena} arena
 * @param {(line: string) => void} say
 * @returns {Promise<{ starts: Start[], platform: string | undefined }>}
 */
export async function runStarts(systems, rounds, arena, say) {
  const bff = platform.find((name) => systems.some((system) => system.name === name));
  const taking = systems.filter(({ name }) => contestants.includes(name) || name === bff);
  /** @type {Start[]} */
  const starts = [];
  for (let round = 1; round <= rounds; round += 1) {
    for (const system of taking) {
      const gateway = await startGateway(system, arena.surroundings);
      starts.push({ round, system: system.name, startSeconds: gateway.startSeconds, rssMb: rssMbOf(gateway.pid) });
      await gateway.stop();
    }
    say(`START round ${round}/${rounds}: ${starts.slice(-taking.length).map(shown).join('  ')}`);
  }
  return { starts, platform: bff };
}

/** @param {Start} start */
const shown = ({ system, startSeconds, rssMb }) => `${system} ${startSeconds.toFixed(2)} s, ${rssMb.toFixed(0)} MB`;
