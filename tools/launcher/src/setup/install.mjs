import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError } from '../launch-error.mjs';
import { runToEnd } from '../run/run-to-end.mjs';

/** Holds the hash of the lock file that node_modules was made from. */
const stampPath = 'node_modules/.portico-lock';

/** npm's own record, written last: what it is younger than is installed. */
const npmRecordPath = 'node_modules/.package-lock.json';

/**
 * Whether node_modules is missing or older than package-lock.json. Adopts what npm itself installed meanwhile.
 * @param {string} root
 * @returns {Promise<boolean>}
 */
export async function needsInstall(root) {
  const hash = await lockHash(root);
  const stamp = await readFile(join(root, stampPath), 'utf8').catch(() => undefined);
  if (stamp === hash) return false;
  const [lock, record] = await Promise.all([changedAt(root, 'package-lock.json'), changedAt(root, npmRecordPath)]);
  if (record === undefined || lock === undefined || record < lock) return true;
  await writeFile(join(root, stampPath), hash);
  return false;
}

/**
 * Installs exactly what package-lock.json says. npm is only heard when it fails.
 * @param {string} root
 * @param {{ stop?: AbortSignal, command?: readonly [string, ...string[]] }} [options]
 * @throws {LaunchError} with npm's last lines, and in plain words when the registry was out of reach
 */
export async function install(root, { stop, command = npmCi() } = {}) {
  const [program, ...args] = command;
  const { code, output } = await runToEnd(program, args, { cwd: root, stop, shell: process.platform === 'win32' });
  if (code !== 0) throw new LaunchError(installFault(output));
  await writeFile(join(root, stampPath), await lockHash(root));
}

/**
 * @param {string} output of npm
 * @returns {string}
 */
export function installFault(output) {
  const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED)\b/.test(output);
  const reason = offline
    ? 'The packages could not be installed: the npm registry is out of reach. Check network and proxy, then run the same command again.'
    : 'The packages could not be installed. `npm ci` says:';
  const lines = output.trimEnd().split('\n').slice(-15).map((line) => `  ${line}`);
  return [reason, ...lines].join('\n');
}

/** @returns {[string, ...string[]]} */
function npmCi() {
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  return npm?.endsWith('.js') ? [process.execPath, npm, ...options] : ['npm', ...options];
}

/** @param {string} root */
async function lockHash(root) {
  return createHash('sha256').update(await readFile(join(root, 'package-lock.json'))).digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {Promise<number | undefined>}
 */
async function changedAt(root, path) {
  return (await stat(join(root, path)).catch(() => undefined))?.mtimeMs;
}
