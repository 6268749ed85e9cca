import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { unpackProgram } from '../debian/unpack-program.mjs';
import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';
import { pluginFolder } from './docker-places.mjs';

/** Docker's engine on the search path. */
export const findEngine = () => findProgram(['dockerd']);

// Compose builds with what Buildx has.
const plugins = ['docker-compose', 'docker-buildx'];

/** Whether an engine runs already that the client finds, with Compose beside it. */
export const findsRunningEngine = () => [['info'], ['compose', 'version']].every((args) => spawnSync('docker', args, { stdio: 'ignore' }).status === 0);

/** Whether an engine of the testbed's own can be run. */
export const hasEngine = () => findEngine() !== undefined && plugins.every((name) => existsSync(join(pluginFolder, name)));

/** Whether there is an engine, running or to be run. */
export const hasDocker = () => findsRunningEngine() || hasEngine();

/**
 * Installs Debian's engine where there is none, and unpacks the plugins of its client from trixie, the first release that has them.
 * @returns {Promise<void>}
 */
export async function provideDocker() {
  if (findEngine() === undefined) await installPackage('docker.io', 'iptables');
  for (const name of plugins) {
    const path = join(pluginFolder, name);
    if (!existsSync(path)) await unpackProgram({ name, folder: 'usr/libexec/docker/cli-plugins', suite: 'trixie', path });
  }
}
