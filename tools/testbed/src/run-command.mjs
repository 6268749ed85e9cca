import { spawn } from 'node:child_process';

/**
 * Runs a command silently to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<void>}
 * @throws {Error} with the end of what it printed when it failed, or with its name when it is not installed
 */
export async function runCommand(command, args, options) {
  await readCommand(command, args, options);
}

/**
 * The same, for what the command prints.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<string>}
 */
export function readCommand(command, args, { cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let printed = '';
    let log = '';
    child.stdout.on('data', (/** @type {Buffer} */ chunk) => (printed += chunk.toString()));
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (/** @type {Buffer} */ chunk) => (log = (log + chunk.toString()).slice(-4_000)));
    child.once('error', (error) => reject(new Error(/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? `${command} is needed for it, and is not installed.` : error.message)));
    child.once('close', (code) => (code === 0 ? resolve(printed) : reject(new Error(`${command} ended with ${code}:\n${log}`))));
  });
}
