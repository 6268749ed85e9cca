import { existsSync } from 'node:fs';
import { findProgram } from '../find-program.mjs';
import { installPackage } from '../install-package.mjs';

/** What the edge needs, by the file that tells whether it is there: nginx may be, and its firewall not. */
const parts = { 'libnginx-mod-http-modsecurity': '/usr/lib/nginx/modules/ngx_http_modsecurity_module.so', 'modsecurity-crs': '/usr/share/modsecurity-crs/rules/REQUEST-901-INITIALIZATION.conf' };

/** nginx on the search path; undefined when it or a part of its firewall is missing. */
export function findNginx() {
  return Object.values(parts).every((path) => existsSync(path)) && findProgram(['openssl']) !== undefined ? findProgram(['nginx']) : undefined;
}

/**
 * Installs Debian's packages.
 * @returns {Promise<void>}
 */
export async function provideNginx() {
  for (const name of ['nginx', ...Object.keys(parts), 'openssl']) await installPackage(name);
}
