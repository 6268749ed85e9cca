import { existsSync } from 'node:fs';
import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';

/** The browser: where `CHROMIUM_PATH` says, if it says anything, else on the search path; undefined when there is none. */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return existsSync(named) ? named : undefined;
  return findProgram(['chromium', 'google-chrome']);
}

/**
 * Installs Debian's package: with all the libraries that it shares, unpacking it would not do.
 * @returns {Promise<void>}
 */
export async function provideChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) throw new Error(`CHROMIUM_PATH names no file: ${named}`);
  await installPackage('chromium');
}
