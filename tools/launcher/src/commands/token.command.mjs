import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { topology } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `npm run token`: an access token of the embedded identity service. Only the token reaches stdout.
 * @param {readonly string[]} args go to the program that asks for it
 */
export function run(args) {
  return outcome(async () => {
    const progress = new Progress(process.stderr);
    const { folder, project } = topology.services;
    const program = join(workspaceRoot, folder, 'dist/token.mjs');
    if (!existsSync(program)) {
      await prepareInstalled(workspaceRoot, progress);
      await prepareBuilt(workspaceRoot, [project], progress);
    }
    return runAttached([program, ...args], { cwd: workspaceRoot });
  });
}
