import { join } from 'node:path';
import { runToEnd } from '../run/run-to-end.mjs';

/**
 * @typedef {object} NxResult
 * @property {number} code
 * @property {string} output everything, plain text
 */

/**
 * Runs one target in many projects, silently.
 * @param {string} root
 * @param {string} target
 * @param {{ projects?: readonly string[], stop?: AbortSignal, note?: (text: string) => void }} [options] every project by default
 * @returns {Promise<NxResult>}
 */
export function runMany(root, target, { projects = [], stop, note = () => {} } = {}) {
  const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
  // Static: other styles leave out what successful tasks printed, and the lint's warning with it.
  const args = ['run-many', '-t', target, '--output-style=static', ...(projects.length > 0 ? ['-p', projects.join(',')] : [])];
  let done = 0;
  return runToEnd(process.execPath, [nx, ...args], {
    cwd: root,
    stop,
    env: quiet(process.env),
    onLine: (line) => {
      if (line.startsWith('> nx run ')) note(`${++done}`);
    },
  });
}

/**
 * No colours, no terminal interface, and no daemon that would outlive the command.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
function quiet(env) {
  // Both: Nx forces colours on its tasks unless told otherwise, and not every tool reads the same one.
  return { ...env, NO_COLOR: '1', FORCE_COLOR: '0', NX_DAEMON: 'false', NX_TUI: 'false' };
}
