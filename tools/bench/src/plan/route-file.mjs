import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Writes a file of so many routes into a temporary folder that goes with this process. One of them, in the middle, is the one
 * that is asked for; the others share its method, its service and the beginnings of their paths with it and with each other.
 * @param {number} count
 * @returns {string} its path
 */
export function routeFile(count) {
  const folder = mkdtempSync(join(tmpdir(), 'portico-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'gateway.json');
  const routes = Array.from({ length: count }, (_, index) => [`route-${index}`, routeOn(index === Math.floor(count / 2) ? '/p1/{id}' : otherPath(index))]);
  writeFileSync(file, JSON.stringify({ version: 1, routes: Object.fromEntries(routes) }));
  return file;
}

/** @param {string} path */
const routeOn = (path) => ({ match: { path, methods: ['GET'] }, to: { service: 'documents' }, access: { scopes: ['shop.read'] } });

/** @param {number} index */
function otherPath(index) {
  if (index % 4 === 0) return `/p1/{id}/parts-${index}`;
  if (index % 4 === 1) return `/area-${index % 10}/things-${index}/{id}`;
  return index % 4 === 2 ? `/area-${index % 10}/{kind}/list-${index}` : `/files-${index}/{rest*}`;
}
