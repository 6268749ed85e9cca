import { runCommand } from './run-command.mjs';

/**
 * Installs packages of Debian on this machine, by its own apt.
 * @param {...string} names
 * @returns {Promise<void>}
 * @throws {Error} when apt is missing or fails, or whoever runs this may not install anything
 */
export async function installPackage(...names) {
  const list = names.join(' ');
  if (process.getuid?.() !== 0) throw new Error(`Only root may install Debian's ${list}; \`apt-get install ${list}\` does.`);
  await runCommand('apt-get', ['update']);
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', ...names]);
}
