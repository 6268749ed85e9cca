import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} cwd
 * @property {NodeJS.ProcessEnv} [env]
 * @property {AbortSignal | undefined} [stop] ends the command early
 * @property {boolean} [shell]
 * @property {(line: string) => void} [onLine] sees every line as it comes
 */

/**
 * Runs a command silently and keeps what it printed.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} options
 * @returns {Promise<{ code: number, output: string }>} code 1 when it could not be started or was killed
 */
export function runToEnd(command, args, { cwd, env = process.env, stop, shell = false, onLine }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, ...(stop && { signal: stop }), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let rest = '';
    /** @param {string} chunk */
    const take = (chunk) => {
      output += chunk;
      if (!onLine) return;
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(onLine);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
