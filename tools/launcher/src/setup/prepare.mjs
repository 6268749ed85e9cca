import { LaunchError } from '../launch-error.mjs';
import { install, needsInstall } from './install.mjs';
import { failedSections } from './nx-report.mjs';
import { runMany } from './nx.mjs';

/** @typedef {import('../print/progress.mjs').Progress} Progress */

/**
 * Installs the packages when they are missing or out of date.
 * @param {string} root
 * @param {Progress} progress
 * @param {AbortSignal} [stop]
 */
export async function prepareInstalled(root, progress, stop) {
  if (await needsInstall(root)) await progress.step('Installing packages', () => install(root, stop ? { stop } : {}));
}

/**
 * Builds apps; Nx replays what has not changed.
 * @param {string} root
 * @param {readonly string[]} projects
 * @param {Progress} progress
 * @param {AbortSignal} [stop]
 * @throws {LaunchError} with the output of every build that failed
 */
export async function prepareBuilt(root, projects, progress, stop) {
  await progress.step(`Building ${projects.join(', ')}`, async () => {
    const { code, output } = await runMany(root, 'build', { projects, ...(stop && { stop }) });
    if (code !== 0) throw new LaunchError(`The build failed.\n${failedSections(output)}`);
  });
}
