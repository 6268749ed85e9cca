import { join } from 'node:path';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { topology } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `npm run drills`: the composed topology loses parts of itself, on fresh bundles.
 * @param {readonly string[]} args names of drills; all by default
 */
export function run(args) {
  return outcome(async () => {
    // Figures are data: what is told about the preparation stays out of them.
    const progress = new Progress(process.stderr);
    await prepareInstalled(workspaceRoot, progress);
    await prepareBuilt(workspaceRoot, [topology.services, ...topology.gateways, ...(topology.alone ?? [])].map(({ project }) => project), progress);
    return runAttached([join(workspaceRoot, 'tools/drills/src/main.mjs'), ...args], { cwd: workspaceRoot });
  });
}
