import { join } from 'node:path';
import { prepareSpecEdge } from '../edge/spec-edge.mjs';
import { LaunchError } from '../launch-error.mjs';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { stopSignal } from '../run/stop-signal.mjs';
import { boundariesSkipped, failedSections } from '../setup/nx-report.mjs';
import { runMany } from '../setup/nx.mjs';
import { prepareInstalled } from '../setup/prepare.mjs';
import { checkTypes } from '../setup/typescript.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

const checks = ['lint', 'typecheck', 'build'];

/**
 * `npm test`: lint, typecheck and build of every project, then every spec in one run, so that the output ends with its summary; those of the BFFs twice, the second time through the edge.
 * A failed check does not hide the next one.
 * @param {readonly string[]} args go to Vitest
 * @returns {Promise<number>} 0 when all went well, else the worst exit code
 */
export function run(args) {
  const stop = stopSignal();
  const progress = new Progress(process.stdout);
  return outcome(async () => {
    progress.heading('Checks');
    await prepareInstalled(workspaceRoot, progress, stop);
    let worst = 0;
    /** @type {string[]} */
    const failed = [];
    for (const target of checks) {
      const code = await check(target, progress, stop);
      if (stop.aborted) return 130;
      if (code !== 0) failed.push(target);
      worst = Math.max(worst, code);
    }
    progress.heading('Specs');
    const edge = specEdge();
    if (!edge && process.env['CI'] === 'true') {
      failed.push('the edge');
      worst = Math.max(worst, 1);
    }
    const specs = await runAttached([join(workspaceRoot, 'node_modules/vitest/vitest.mjs'), 'run', ...args], { cwd: workspaceRoot, env: { ...process.env, ...edge } });
    if (failed.length > 0) console.error(`Failed before the specs: ${failed.join(', ')}. What they said is above.`);
    return Math.max(worst, specs);
  });
}

/** What Vitest is told of the edge; undefined where it is not installed, and that is said. */
function specEdge() {
  try {
    return prepareSpecEdge(process.env);
  } catch (error) {
    if (!(error instanceof LaunchError)) throw error;
    console.warn('Left out, the real nginx is missing: the specs of the BFFs through the edge; to enable: node tools/testbed/src/main.mjs provide nginx');
    return undefined;
  }
}

/**
 * @param {string} target
 * @param {Progress} progress
 * @param {AbortSignal} stop
 * @returns {Promise<number>}
 */
async function check(target, progress, stop) {
  let report = '';
  let code = 0;
  await progress
    .step(target, async (note) => {
      const result = target === 'typecheck' ? await checkTypes(workspaceRoot, stop) : await runMany(workspaceRoot, target, { stop, note: (count) => note(`${count} projects`) });
      code = result.code;
      if (code !== 0) report = target === 'typecheck' ? result.output : failedSections(result.output);
      else if (boundariesSkipped(result.output)) {
        code = 1;
        report = 'The boundaries were not checked: Nx had no project graph. Run `npx nx reset`, then try again.';
      }
      if (code !== 0) throw new Error(target);
    })
    .catch(() => progress.line(`\n${report}\n`));
  return code;
}
