import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { LaunchError } from '../launch-error.mjs';
import { workspaceRoot } from '../workspace-root.mjs';

/** @typedef {import('../places.mjs').Place} Place */

/** Where the certificates of the edge, its configuration and what it writes are kept, from the root. */
export const edgeFolder = '.portico/edge';

const program = join(workspaceRoot, 'deploy/edge/src/main.mjs');
const needed = ['/usr/lib/nginx/modules/ngx_http_modsecurity_module.so', '/usr/share/modsecurity-crs/rules/REQUEST-901-INITIALIZATION.conf'];

/** The edge among the places: HTTPS, and plain HTTP, which says when it serves. @type {import('../topology.mjs').App} */
export const edge = {
  project: 'edge',
  folder: 'deploy/edge',
  endpoints: [
    { name: 'edge', variable: 'EDGE_HTTP_PORT', ownVariable: 'EDGE_HTTP_PORT', port: 8080, readyPath: '/health/live', pages: [] },
    { name: 'edge-https', variable: 'EDGE_PORT', ownVariable: 'EDGE_PORT', port: 8443, readyPath: '', pages: [] },
  ],
};

/** The host of each BFF at the edge. @type {Readonly<Record<string, string>>} */
const hosts = { 'web-bff': 'shop.localhost', 'mobile-bff': 'm.shop.localhost', 'desktop-bff': 'desktop.shop.localhost' };

/** @param {NodeJS.ProcessEnv} env @throws {LaunchError} naming what to install */
export function assertEdgeInstalled(env) {
  const found = (/** @type {string} */ name) => (env['PATH'] ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
  if (['nginx', 'openssl'].every(found) && needed.every((path) => existsSync(path))) return;
  throw new LaunchError('The edge needs nginx and its firewall: `apt-get install nginx libnginx-mod-http-modsecurity modsecurity-crs openssl`.');
}

/**
 * What an app is told so that browsers may log in through the edge, and that addresses of clients are known behind it. What the environment says already stays.
 * @param {string} project
 * @param {readonly Place[]} places
 * @returns {Readonly<Record<string, string>>}
 */
export function behindEdge(project, places) {
  const origin = originOf('web-bff', places);
  if (project === 'services') return { SHOP_WEB_REDIRECT_URIS: `${origin}/bff/callback`, SHOP_WEB_POST_LOGOUT_REDIRECT_URIS: `${origin}/` };
  return { PORTICO_HTTP_TRUSTED_PROXIES: '127.0.0.1', ...(project === 'web-bff' && { PORTICO_SESSION_PUBLIC_ORIGIN: origin }) };
}

/**
 * Writes the edge's configuration, and makes its certificate where there is none.
 * @param {string} root
 * @param {readonly Place[]} places
 * @returns {{ entry: string, env: Readonly<Record<string, string>> }} how to run it
 */
export function prepareEdge(root, places) {
  const folder = join(root, edgeFolder);
  const tls = join(folder, 'tls');
  mkdirSync(folder, { recursive: true });
  const fronted = places.filter(({ name }) => name in hosts);
  const config = {
    address: '127.0.0.1',
    httpPort: portOf('edge', places),
    httpsPort: portOf('edge-https', places),
    runFolder: join(folder, 'run'),
    workers: 1,
    shutdownGraceMs: 5_000,
    tls: { certificateFile: join(tls, 'edge.pem'), keyFile: join(tls, 'edge-key.pem') },
    pools: Object.fromEntries(fronted.map(({ name, chosen }) => [name, { instances: [`127.0.0.1:${chosen}`] }])),
    sites: fronted.map(({ name }) => ({ hosts: [hosts[name]], pool: name, paths: [{ prefix: '/hubs/', answerTimeoutMs: 3_600_000 }, { prefix: '/metrics', closed: true }] })),
  };
  const path = join(folder, 'edge.json');
  writeFileSync(path, JSON.stringify(config, null, 2));
  makeEdgeCertificates(path, tls);
  return { entry: program, env: { EDGE_CONFIG: path } };
}

/**
 * Makes a certificate for the hosts of a configuration where there is none.
 * @param {string} path of the configuration
 * @param {string} folder gets `edge.pem`, `edge-key.pem` and `ca.pem`
 */
export function makeEdgeCertificates(path, folder) {
  execFileSync(process.execPath, [program, 'make-certificates', folder], { env: { ...process.env, EDGE_CONFIG: path }, stdio: ['ignore', 'ignore', 'inherit'] });
}

/**
 * @param {readonly Place[]} places
 * @returns {string} what to print of a running edge
 */
export function edgeAddresses(places) {
  const lines = places.filter(({ name }) => name in hosts).map(({ name }) => `  ${originOf(name, places)}  ${name}`);
  return ['The edge, with the firewall on:', ...lines, `Browsers log in there, and not at the port of the web BFF. Trust ${edgeFolder}/tls/ca.pem: curl --cacert ${edgeFolder}/tls/ca.pem ${originOf('web-bff', places)}/`].join('\n');
}

/** @param {string} gateway @param {readonly Place[]} places */
const originOf = (gateway, places) => `https://${hosts[gateway]}:${portOf('edge-https', places)}`;

/** @param {string} name @param {readonly Place[]} places */
const portOf = (name, places) => places.find((place) => place.name === name)?.chosen ?? 0;
