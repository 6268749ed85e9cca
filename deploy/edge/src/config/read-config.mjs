import { readFileSync } from 'node:fs';
import { EdgeError } from '../edge-error.mjs';
import { checkValue } from './check-value.mjs';

/** @typedef {import('./edge-config.mjs').EdgeConfig} EdgeConfig */

const schema = JSON.parse(readFileSync(new URL('../../edge.schema.json', import.meta.url), 'utf8'));

/**
 * Reads the file that configures the edge.
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env of it only `EDGE_PORT`
 * @returns {EdgeConfig}
 * @throws {EdgeError} listing every fault, by its path
 */
export function readConfig(path, env) {
  let value;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new EdgeError(`${path} cannot be read: ${/** @type {Error} */ (error).message}`);
  }
  if (env['EDGE_PORT'] && typeof value === 'object') value = { ...value, httpsPort: Number(env['EDGE_PORT']) };
  return checkConfig(value, path);
}

/**
 * @param {unknown} value
 * @param {string} name of the configuration, for the message
 * @returns {EdgeConfig}
 * @throws {EdgeError} as `readConfig`
 */
export function checkConfig(value, name) {
  /** @type {string[]} */
  const faults = [];
  const config = /** @type {EdgeConfig} */ (checkValue(schema, value, '', faults));
  if (faults.length === 0) faults.push(...faultsBetween(config));
  if (faults.length > 0) throw new EdgeError(`${name} has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  return { ...config, publicPort: config.publicPort ?? config.httpsPort };
}

/**
 * Faults that no single value has.
 * @param {EdgeConfig} config
 * @returns {string[]}
 */
function faultsBetween({ httpsPort, httpPort, tls, pools, sites }) {
  const faults = httpsPort === httpPort ? ['httpPort: is that of HTTPS'] : [];
  for (const [name, { host, port, instances }] of Object.entries(pools)) {
    const fits = instances ? host === undefined && port === undefined : host !== undefined && port !== undefined;
    if (!fits) faults.push(`pools.${name}: needs either host and port, or instances`);
  }
  /** @type {Map<string, number>} */
  const hostsSeen = new Map();
  for (const [index, { hosts, pool, clientCertificates, paths }] of sites.entries()) {
    const at = `sites[${index}]`;
    const named = [{ at: `${at}.pool`, pool }, ...paths.map((path, position) => ({ at: `${at}.paths[${position}].pool`, pool: path.pool }))];
    for (const each of named) if (each.pool !== undefined && !Object.hasOwn(pools, each.pool)) faults.push(`${each.at}: there is no pool ${each.pool}`);
    for (const [position, path] of paths.entries()) {
      if (!path.closed && path.pool === undefined && pool === undefined) faults.push(`${at}.paths[${position}]: needs a pool, for the site has none`);
      if (paths.findIndex(({ prefix }) => prefix === path.prefix) !== position) faults.push(`${at}.paths[${position}].prefix: ${path.prefix} stands there twice`);
    }
    if (clientCertificates !== 'off' && tls.clientCaFile === undefined) faults.push(`${at}.clientCertificates: needs tls.clientCaFile`);
    for (const host of hosts) {
      if (hostsSeen.has(host)) faults.push(`${at}.hosts: sites[${hostsSeen.get(host)}] has ${host} already`);
      hostsSeen.set(host, index);
    }
  }
  return faults;
}
