import { join } from 'node:path';
import { runToEnd } from '../run/run-to-end.mjs';

/**
 * Checks the types of the whole house in one go: project by project, each would check the libs that it uses anew, eight times the work.
 * @param {string} root
 * @param {AbortSignal} stop
 * @returns {Promise<{ code: number, output: string }>}
 */
export function checkTypes(root, stop) {
  return runToEnd(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.json'), '--pretty', 'false'], { cwd: root, stop });
}
