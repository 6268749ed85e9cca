import { spawn } from 'node:child_process';

/**
 * Runs a command silently to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<void>}
 * @throws {Error} with the end of what it printed when it failed, or with its name when it is not installed
 */
export function runCommand(command, args, { cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    /** @param {Buffer} chunk */
    const take = (chunk) => (output = (output + chunk.toString()).slice(-4_000));
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => reject(new Error(/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? `${command} is needed for it, and is not installed.` : error.message)));
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}:\n${output}`))));
  });
}
