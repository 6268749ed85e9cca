import { LaunchError } from './launch-error.mjs';

/** @typedef {import('./topology.mjs').App} App */
/** @typedef {import('./topology.mjs').Endpoint} Endpoint */
/** @typedef {Endpoint & { readonly chosen: number, readonly url: string }} Place an endpoint, and where it is this time */

/**
 * Decides the port of every endpoint of `apps`.
 * @param {readonly App[]} apps
 * @param {NodeJS.ProcessEnv} env
 * @returns {Place[]}
 * @throws {LaunchError} naming every variable that is no port, and every port that two endpoints share
 */
export function choosePlaces(apps, env) {
  const places = apps.flatMap((app) => app.endpoints).map((endpoint) => choose(endpoint, env[endpoint.variable]));
  const faults = places.filter(({ chosen }) => !isPort(chosen)).map(({ variable }) => `${variable}=${env[variable]} is no port: give a number from 1 to 65535.`);
  for (const [index, place] of places.entries()) {
    const other = places.slice(0, index).find(({ chosen }) => chosen === place.chosen);
    if (other && isPort(place.chosen)) faults.push(`${other.name} and ${place.name} would share port ${place.chosen}: change ${other.variable} or ${place.variable}.`);
  }
  if (faults.length > 0) throw new LaunchError(faults.join('\n'));
  return places;
}

/**
 * The environment of one app: its own ports, and for a client of the services where those went that moved.
 * What the surrounding environment says explicitly stays.
 * @param {App} app
 * @param {readonly Place[]} places
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(app, places, env) {
  /** @type {NodeJS.ProcessEnv} */
  const ports = {};
  /** @type {NodeJS.ProcessEnv} */
  const moved = {};
  for (const place of places) {
    const own = app.endpoints.some(({ name }) => name === place.name);
    if (own) ports[place.ownVariable] = String(place.chosen);
    else if (place.clientVariable !== undefined && place.chosen !== place.port) moved[place.clientVariable] = place.url;
  }
  return { ...moved, ...env, ...ports };
}

/**
 * @param {Endpoint} endpoint
 * @param {string | undefined} setting
 * @returns {Place}
 */
function choose(endpoint, setting) {
  const chosen = setting === undefined || setting === '' ? endpoint.port : Number(setting);
  return { ...endpoint, chosen, url: `http://127.0.0.1:${chosen}` };
}

/** @param {number} port */
function isPort(port) {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}
