import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { nginxArguments, nginxProgram } from '../rivals/nginx/nginx.mjs';
import { routeFile } from './route-file.mjs';

/**
 * What a system may need to know about the run.
 * @typedef {object} Surroundings
 * @property {import('../services/main.mjs').ServiceOrigins} services
 * @property {{ origin: string, audience: string, token: string }} issuer
 */

/**
 * One gateway under test: a script for Node, or a program, started as its own process with PORT in its environment.
 * @typedef {object} System
 * @property {string} name
 * @property {string} title for the table
 * @property {string} entry script or program, absolute; empty when there is none on this machine
 * @property {(surroundings: Surroundings) => Record<string, string>} env beside PORT
 * @property {boolean} needsToken whether it answers 401 without a bearer token
 * @property {boolean} [passesToken] whether it gets one although it does not look at it: what is passed on is then the same for all
 * @property {string} firstAnswer path whose first good answer ends the start
 * @property {string} [needs] package that has to be installed for it
 * @property {readonly string[]} [nodeArguments] what stands before an entry that is a script
 * @property {(port: number, surroundings: Surroundings) => readonly string[]} [programArguments] arguments of an entry that is a program
 */

/** @param {string} path from the root of the workspace */
const inWorkspace = (path) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** @param {Surroundings} surroundings */
const rivalEnv = ({ services }) => ({ CATALOG_ORIGIN: services.catalog, PRICING_ORIGIN: services.pricing, REVIEWS_ORIGIN: services.reviews, DOCUMENTS_ORIGIN: services.documents });

/** @param {Surroundings} surroundings */
const porticoEnv = ({ services, issuer }) => ({
  PORTICO_SERVICES_CATALOG_INSTANCES: services.catalog,
  PORTICO_SERVICES_PRICING_INSTANCES: services.pricing,
  PORTICO_SERVICES_REVIEWS_INSTANCES: services.reviews,
  PORTICO_SERVICES_DOCUMENTS_INSTANCES: services.documents,
  PORTICO_AUTH_ISSUER: issuer.origin,
  PORTICO_AUTH_AUDIENCE: issuer.audience,
});

// Spans of 1 % of the requests are made and written out.
const fullProfile = { BENCH_PROFILE: 'full', PORTICO_TRACES_EXPORTER: 'log', PORTICO_TRACES_RATIO: '0.01' };

const firstAnswer = '/w0/p-1';
const firstDocument = '/p1/p-1';
const benchBff = inWorkspace('tools/bench-bff/dist/main.mjs');

/**
 * A rival that only passes requests on.
 * @param {string} name
 * @param {string} title
 * @param {string} [needs]
 * @returns {System}
 */
const proxy = (name, title, needs) => ({
  name,
  title,
  entry: inWorkspace(needs === undefined ? `tools/bench/src/rivals/${name}/main.mjs` : `tools/bench/peers/${name}/main.mjs`),
  env: rivalEnv,
  needsToken: false,
  passesToken: true,
  firstAnswer: firstDocument,
  ...(needs !== undefined && { needs }),
});

/**
 * Portico with everything on and another number of configured routes.
 * @param {number} routes
 * @returns {System}
 */
const porticoWith = (routes) => ({
  name: `portico-${routes}-routes`,
  title: `Portico, everything on, ${routes} routes`,
  entry: benchBff,
  env: (surroundings) => ({ ...porticoEnv(surroundings), ...fullProfile, BENCH_ROUTES: routeFile(routes) }),
  needsToken: true,
  firstAnswer: firstDocument,
});

/**
 * Portico with everything on, and spans of 1 % of the requests sent by OTLP, or none.
 * @param {'portico-otlp' | 'portico-untraced'} name
 * @param {string} title
 * @param {(surroundings: Surroundings) => Record<string, string>} exporter
 * @returns {System}
 */
const porticoTraced = (name, title, exporter) => ({
  name,
  title: `Portico, everything on, ${title}`,
  entry: benchBff,
  env: (surroundings) => ({ ...porticoEnv(surroundings), ...fullProfile, ...exporter(surroundings) }),
  needsToken: true,
  firstAnswer,
});

/**
 * A hub that is put on the server of all push servers, which sends when it is told to.
 * @param {string} name
 * @param {string} title
 * @param {string} hub
 * @param {string} [needs]
 * @returns {System}
 */
const pushServer = (name, title, hub, needs) => ({
  name,
  title,
  entry: inWorkspace(hub),
  nodeArguments: [inWorkspace('tools/bench/src/rivals/push-server/main.mjs')],
  env: () => ({}),
  needsToken: false,
  firstAnswer: '/ready',
  ...(needs !== undefined && { needs }),
});

/** In the order of a round: systems that are compared stand next to each other. @type {readonly System[]} */
export const systems = [
  { name: 'bare', title: 'bare node:http + undici', entry: inWorkspace('tools/bench/src/rivals/bare/main.mjs'), env: rivalEnv, needsToken: false, firstAnswer },
  {
    name: 'portico-full',
    title: 'Portico, everything on',
    entry: benchBff,
    env: (surroundings) => ({ ...porticoEnv(surroundings), ...fullProfile }),
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
    passesToken: true,
    firstAnswer,
  },
  {
    name: 'portico-verified',
    title: 'Portico, routing, aggregation and verified tokens',
    entry: benchBff,
    env: (surroundings) => ({ ...porticoEnv(surroundings), BENCH_PROFILE: 'verified' }),
    needsToken: false,
    passesToken: true,
    firstAnswer,
  },
  proxy('bare-proxy', 'bare node:http + undici proxy'),
  proxy('fastify-http-proxy', '@fastify/http-proxy', '@fastify/http-proxy'),
  proxy('http-proxy-middleware', 'http-proxy-middleware', 'http-proxy-middleware'),
  proxy('express-gateway', 'Express Gateway', 'express-gateway'),
  { name: 'nginx', title: 'nginx, one worker', entry: nginxProgram(), programArguments: nginxArguments, env: () => ({}), needsToken: false, passesToken: true, firstAnswer: firstDocument },
  porticoWith(10),
  porticoWith(1_000),
  porticoTraced('portico-untraced', 'no traces', () => ({ PORTICO_TRACES_EXPORTER: 'none' })),
  porticoTraced('portico-otlp', '1 % of the traces by OTLP', ({ services }) => ({ PORTICO_TRACES_EXPORTER: 'otlp', PORTICO_TRACES_ENDPOINT: services.spans })),
  { name: 'bare-nest', title: 'bare Nest on Fastify, hello', entry: inWorkspace('tools/bench/dist/bare-nest/main.mjs'), env: () => ({}), needsToken: false, firstAnswer: '/' },
  pushServer('portico-push', "Portico's hub", 'tools/bench-bff/dist/push/main.mjs'),
  pushServer('socketio', 'Socket.IO', 'tools/bench/peers/socketio/main.mjs', 'socket.io'),
  { name: 'web-bff', title: 'the web BFF', entry: inWorkspace('apps/web-bff/dist/main.mjs'), env: porticoEnv, needsToken: false, firstAnswer: '/health/live' },
];

/**
 * Whether it is built, and what it needs is installed.
 * @param {System} system
 * @param {string} [installed] folder of packages; that of `tools/bench/peers` by default
 */
export const isThere = ({ entry, needs }, installed = inWorkspace('tools/bench/peers/node_modules')) =>
  existsSync(entry) && (needs === undefined || existsSync(`${installed}/${needs}/package.json`));

export const systemNames = systems.map(({ name }) => name);
