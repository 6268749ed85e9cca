import { join } from 'node:path';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { topology } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `npm run bench`: the benchmarks, on fresh bundles.
 * @param {readonly string[]} args go to the benchmarks
 */
export function run(args) {
  return outcome(async () => {
    // Results are data: what is told about the preparation stays out of them.
    const progress = new Progress(process.stderr);
    await prepareInstalled(workspaceRoot, progress);
    await prepareRivals(progress);
    await prepareBuilt(workspaceRoot, ['bench-bff', ...[topology.services, ...topology.gateways].map(({ project }) => project)], progress);
    return runAttached([join(workspaceRoot, 'tools/bench/src/main.mjs'), ...args], { cwd: workspaceRoot });
  });
}

/**
 * Installs the other gateways that Portico is measured beside. Without them the benchmark still runs: it says by name whom it leaves out.
 * @param {Progress} progress
 */
async function prepareRivals(progress) {
  try {
    await prepareInstalled(join(workspaceRoot, 'tools/bench/peers'), progress);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}
