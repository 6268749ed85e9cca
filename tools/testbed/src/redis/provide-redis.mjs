import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from '../run-command.mjs';

const program = 'redis-server';

/** Redis' server on the search path; its bare name when there is none. */
export const redisProgram = () => (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? program;

/** Whether there is one. */
export const hasRedis = () => redisProgram() !== program;

/**
 * Installs Debian's package.
 * @returns {Promise<void>}
 */
export async function provideRedis() {
  if (hasRedis()) return;
  await runCommand('apt-get', ['update'], {});
  await runCommand('apt-get', ['install', '-y', '--no-install-recommends', program], {});
}
