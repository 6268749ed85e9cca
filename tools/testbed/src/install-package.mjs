import { runCommand } from './run-command.mjs';

/**
 * Installs a package of Debian on this machine, by its own apt.
 * @param {string} name
 * @returns {Promise<void>}
 * @throws {Error} when apt is missing or fails, or whoever runs this may not install anything
 */
export async function installPackage(name) {
  if (process.getuid?.() !== 0) throw new Error(`Only root may install Debian's package ${name}; \`apt-get install ${name}\` does.`);
  await runCommand('apt-get', ['update']);
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', name]);
}
