import { join } from 'node:path';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { builtEntry } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `npm run conformance`: conformance cases against a gateway that listens, on a fresh bundle.
 * @param {readonly string[]} args go to the runner
 */
export function run(args) {
  return outcome(async () => {
    // The report is data: what is told about the preparation stays out of it.
    const progress = new Progress(process.stderr);
    await prepareInstalled(workspaceRoot, progress);
    await prepareBuilt(workspaceRoot, ['conformance'], progress);
    return runAttached([join(workspaceRoot, 'tools/conformance', builtEntry), ...args], { cwd: workspaceRoot });
  });
}
