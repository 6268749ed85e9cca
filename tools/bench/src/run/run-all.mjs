import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { leaveGatewayCore } from '../machine/cores.mjs';
import { bouts, pushBout, soakBout, startBout } from '../plan/bouts.mjs';
import { isThere, systems } from '../plan/systems.mjs';
import { openArena } from './arena.mjs';
import { runBout } from './run-bout.mjs';
import { runPush } from './run-push.mjs';
import { runSoak } from './run-soak.mjs';
import { runSlowPart } from './run-slow-part.mjs';
import { runStarts } from './run-starts.mjs';

const builtHere = ['handwritten', 'bare-nest'];

/**
 * Everything that was measured.
 * @typedef {object} Measured
 * @property {import('./run-bout.mjs').Run[]} runs
 * @property {import('./run-slow-part.mjs').SlowAnswers[]} slowAnswers
 * @property {import('./run-starts.mjs').Start[]} starts
 * @property {import('./run-soak.mjs').Soak[]} soaks
 * @property {import('./run-push.mjs').Push[]} pushes
 * @property {string | undefined} platform system whose start stands for the platform
 * @property {string[]} skipped systems that are not built or not installed
 */

/**
 * Runs the chosen bouts on the chosen systems that are there.
 * @param {import('../options.mjs').BenchOptions} options
 * @param {(line: string) => void} say progress
 * @returns {Promise<Measured>} rejects when an answer fails the gate
 */
export async function runAll(options, say) {
  if (builtHere.some((name) => options.systems.includes(name))) buildRivals();
  const chosen = systems.filter(({ name }) => options.systems.includes(name));
  const present = chosen.filter((system) => isThere(system));
  const skipped = chosen.filter((system) => !present.includes(system)).map(({ name }) => name);
  for (const name of skipped) say(`skipped: ${name} is not built or not installed`);
  leaveGatewayCore();
  const arena = await openArena();
  /** @type {Measured} */
  const measured = { runs: [], slowAnswers: [], starts: [], soaks: [], pushes: [], platform: undefined, skipped };
  try {
    for (const bout of bouts.filter(({ name }) => options.only.includes(name))) {
      measured.runs.push(...(await runBout(bout, present, options, arena, say)));
      if (bout.name === 'W4') measured.slowAnswers = await runSlowPart(present, arena, say);
    }
    if (options.only.includes(startBout)) Object.assign(measured, await runStarts(present, options.pairs, arena, say));
    if (options.only.includes(pushBout)) measured.pushes = await runPush(present, options, arena, say);
    if (options.only.includes(soakBout)) measured.soaks = await runSoak(present, options, arena, say);
  } finally {
    await arena.close();
  }
  return measured;
}

/** Bundles the rivals anew: it takes a second, and a stale bundle would be measured unseen. */
function buildRivals() {
  execFileSync(process.execPath, [fileURLToPath(new URL('../rivals/build.mjs', import.meta.url))], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
}
