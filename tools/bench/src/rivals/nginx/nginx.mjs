import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** nginx on the search path, or in the folder where Debian keeps it, which is not on everybody's; empty when there is none. */
export const nginxProgram = () =>
  [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'].map((folder) => join(folder, 'nginx')).find((program) => existsSync(program)) ?? '';

const template = new URL('nginx.conf', import.meta.url);

/**
 * Writes its configuration into a temporary folder that goes with this process.
 * @param {number} port
 * @param {import('../../plan/systems.mjs').Surroundings} surroundings
 * @returns {string[]} arguments of nginx
 */
export function nginxArguments(port, { services }) {
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-nginx-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'nginx.conf');
  const service = new URL(services.documents).host;
  writeFileSync(file, readFileSync(template, 'utf8').replaceAll('@folder@', folder).replaceAll('@port@', String(port)).replaceAll('@service@', service));
  return ['-p', folder, '-c', file];
}
