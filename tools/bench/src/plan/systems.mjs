import { fileURLToPath } from 'node:url';

/**
 * What a system may need to know about the run.
 * @typedef {object} Surroundings
 * @property {import('../services/main.mjs').ServiceOrigins} services
 * @property {{ origin: string, audience: string, token: string }} issuer
 */

/**
 * One gateway under test: a script for Node, started as its own process with PORT in its environment.
 * @typedef {object} System
 * @property {string} name
 * @property {string} title for the table
 * @property {string} entry script, absolute
 * @property {(surroundings: Surroundings) => Record<string, string>} env beside PORT
 * @property {boolean} needsToken whether it answers 401 without a bearer token
 * @property {string} firstAnswer path whose first good answer ends the start
 */

/** @param {string} path from the root of the workspace */
const inWorkspace = (path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** @param {Surroundings} surroundings */
const rivalEnv = ({ services }) => ({ CATALOG_ORIGIN: services.catalog, PRICING_ORIGIN: services.pricing, REVIEWS_ORIGIN: services.reviews });

/** @param {Surroundings} surroundings */
const porticoEnv = ({ services, issuer }) => ({
  PORTICO_SERVICES_CATALOG_INSTANCES: services.catalog,
  PORTICO_SERVICES_PRICING_INSTANCES: services.pricing,
  PORTICO_SERVICES_REVIEWS_INSTANCES: services.reviews,
  PORTICO_AUTH_ISSUER: issuer.origin,
  PORTICO_AUTH_AUDIENCE: issuer.audience,
});

const firstAnswer = '/w0/p-1';
const benchBff = inWorkspace('tools/bench-bff/dist/main.mjs');

/** In the order of a round: systems that are compared stand next to each other. @type {readonly System[]} */
export const systems = [
  { name: 'bare', title: 'bare node:http + undici', entry: inWorkspace('tools/bench/src/rivals/bare/main.mjs'), env: rivalEnv, needsToken: false, firstAnswer },
  {
    name: 'portico-full',
    title: 'Portico, everything on',
    entry: benchBff,
    // Spans of 1 % of the requests are made and written out.
    env: (surroundings) => ({ ...porticoEnv(surroundings), BENCH_PROFILE: 'full', PORTICO_TRACES_EXPORTER: 'log', PORTICO_TRACES_RATIO: '0.01' }),
    needsToken: true,
    firstAnswer,
  },
  {
    name: 'handwritten',
    title: 'Nest on Express + @nestjs/axios',
    entry: inWorkspace('tools/bench/dist/handwritten/main.mjs'),
    env: rivalEnv,
    needsToken: false,
    firstAnswer,
  },
  {
    name: 'portico-bare',
    title: 'Portico, routing and aggregation only',
    entry: benchBff,
    env: (surroundings) => ({ ...porticoEnv(surroundings), BENCH_PROFILE: 'bare' }),
    needsToken: false,
    firstAnswer,
  },
  { name: 'bare-nest', title: 'bare Nest on Fastify, hello', entry: inWorkspace('tools/bench/dist/bare-nest/main.mjs'), env: () => ({}), needsToken: false, firstAnswer: '/' },
  { name: 'web-bff', title: 'the web BFF', entry: inWorkspace('apps/web-bff/dist/main.mjs'), env: porticoEnv, needsToken: false, firstAnswer: '/health/live' },
];

export const systemNames = systems.map(({ name }) => name);
