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
    await prepareBuilt(workspaceRoot, ['bench-bff', ...[topology.services, ...topology.gateways].map(({ project }) => project)], progress);
    return runAttached([join(workspaceRoot, 'tools/bench/src/main.mjs'), ...args], { cwd: workspaceRoot });
  });
}
