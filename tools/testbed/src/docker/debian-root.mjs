import { readFile } from 'node:fs/promises';
import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';
import { readCommand, runCommand } from '../run-command.mjs';

const release = 'bookworm';

/**
 * Fills a folder with the least of Debian's packages that make a system, from the machine's own mirror.
 * @param {string} folder
 * @returns {Promise<void>}
 */
export async function debianRoot(folder) {
  if (!/^VERSION_CODENAME=bookworm$/m.test(await readFile('/etc/os-release', 'utf8').catch(() => ''))) throw new Error(`The image is made on Debian ${release}, from the packages of its own mirror.`);
  if (findProgram(['debootstrap']) === undefined) await installPackage('debootstrap');
  const targets = await readCommand('apt-get', ['indextargets', '--format', '$(REPO_URI) $(CODENAME) $(COMPONENT)']);
  const mirror = targets.split('\n').map((line) => line.split(' ')).find(([, codename, component]) => codename === release && component === 'main')?.[0];
  if (mirror === undefined) throw new Error("This machine's apt has no source of Debian's own archive.");
  await runCommand('debootstrap', ['--variant=minbase', '--include=ca-certificates', release, folder, mirror]);
  await runCommand('chroot', [folder, 'apt-get', 'clean']);
}
