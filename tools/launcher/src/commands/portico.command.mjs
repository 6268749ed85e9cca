import { join, relative, resolve } from 'node:path';
import { LaunchError } from '../launch-error.mjs';
import { Progress } from '../print/progress.mjs';
import { runAttached } from '../run/run-attached.mjs';
import { prepareBuilt, prepareInstalled } from '../setup/prepare.mjs';
import { builtEntry, topology } from '../topology.mjs';
import { workspaceRoot } from '../workspace-root.mjs';
import { outcome } from './outcome.mjs';

/**
 * `npm run portico`: asks a BFF about a file of routes, or turns the configuration of another gateway into one. A BFF answers for itself,
 * since only it knows its services, its coded operations and its team's policies: the one in whose folder the file is, or the one that `--bff` names.
 * @param {readonly string[]} args
 */
export function run(args) {
  return outcome(async () => {
    const { bff, rest } = parse(args);
    const app = bff ?? topology.gateways.find(({ folder }) => rest.some((arg) => relative(workspaceRoot, resolve(arg)).startsWith(`${folder}/`))) ?? topology.gateways[0];
    if (!app) throw new LaunchError('There is no BFF to ask.');
    // What the BFF says is data: what is told about the preparation stays out of it.
    const progress = new Progress(process.stderr);
    await prepareInstalled(workspaceRoot, progress);
    await prepareBuilt(workspaceRoot, [app.project], progress);
    return runAttached([join(workspaceRoot, app.folder, builtEntry), ...rest], { cwd: process.cwd() });
  });
}

/** @param {readonly string[]} args */
function parse(args) {
  const rest = [...args];
  const index = rest.indexOf('--bff');
  if (index < 0) return { bff: undefined, rest };
  const [, name] = rest.splice(index, 2);
  const bff = topology.gateways.find(({ project }) => project === name);
  if (!bff) throw new LaunchError(`There is no BFF called "${name ?? ''}"; there are ${topology.gateways.map(({ project }) => project).join(', ')}.`);
  return { bff, rest };
}
