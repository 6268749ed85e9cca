/**
 * One address on which an app listens.
 * @typedef {object} Endpoint
 * @property {string} name who is there: `catalog`, `web-bff`
 * @property {string} variable environment variable that moves it to another port
 * @property {number} port where it is by default
 * @property {string} readyPath answers 2xx once it can be used
 * @property {string} ownVariable name under which its own process reads the port
 * @property {string} [clientVariable] name under which the BFFs are told where it went
 * @property {readonly string[]} pages paths worth a look, for the table of addresses
 */

/**
 * One process: what builds it, what runs it, where it listens.
 * @typedef {object} App
 * @property {string} project its name in Nx
 * @property {string} folder its folder, from the root
 * @property {readonly Endpoint[]} endpoints
 * @property {string} [keyVariable] under which its process wants a secret key: where nothing is set, one is made while it is developed
 */

/**
 * All that the launcher knows about the apps. Tests hand in another one.
 * @typedef {object} Topology
 * @property {App} services the back ends, one process for all
 * @property {readonly App[]} gateways the BFFs
 * @property {readonly App[]} [alone] those that need no services, and that `start` leaves out
 */

/** Where `nx build` puts the bundles of an app, from its folder. */
export const builtEntry = 'dist/main.mjs';

/**
 * @param {string} name
 * @param {number} port
 * @returns {Endpoint}
 */
function service(name, port) {
  const upper = name.toUpperCase();
  const clientVariable = name === 'identity' ? 'PORTICO_AUTH_ISSUER' : `PORTICO_SERVICES_${upper}_INSTANCES`;
  return { name, port, variable: `${upper}_PORT`, ownVariable: `${upper}_PORT`, clientVariable, readyPath: '/health', pages: ['/health'] };
}

/**
 * @param {string} deviceClass
 * @param {number} port
 * @returns {App}
 */
function gateway(deviceClass, port) {
  const project = `${deviceClass}-bff`;
  const variable = `${deviceClass.toUpperCase()}_BFF_PORT`;
  const endpoint = { name: project, port, variable, ownVariable: 'PORT', readyPath: '/health/ready', pages: ['/docs', '/openapi.json'] };
  return { project, folder: `apps/${project}`, endpoints: [endpoint] };
}

/** @type {Topology} */
export const topology = {
  services: {
    project: 'services',
    folder: 'apps/services',
    endpoints: [
      service('identity', 4000),
      service('catalog', 4001),
      service('pricing', 4002),
      service('inventory', 4003),
      service('reviews', 4004),
      service('recommendations', 4005),
      service('basket', 4006),
      service('ordering', 4007),
      service('customers', 4008),
      service('shipping', 4009),
    ],
  },
  gateways: [gateway('web', 3010), gateway('mobile', 3020), gateway('desktop', 3030)],
  alone: [
    {
      project: 'push',
      folder: 'apps/push',
      endpoints: [{ name: 'push', port: 3040, variable: 'PUSH_PORT', ownVariable: 'PORT', readyPath: '/health/ready', pages: ['/metrics'] }],
      keyVariable: 'PORTICO_PUSH_ACCESS_KEY',
    },
  ],
};
