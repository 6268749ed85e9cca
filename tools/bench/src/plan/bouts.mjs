/**
 * One system doing one workload; `system@workload` names it in ratios and runs.
 * @typedef {object} Lane
 * @property {string} system
 * @property {import('./workloads.mjs').WorkloadName} workload
 */

/**
 * Lanes that are measured in turn, A B C A B C, and the ratios between them.
 * @typedef {object} Bout
 * @property {string} name
 * @property {import('../services/main.mjs').Fault} reviewsFault how the reviews service behaves meanwhile
 * @property {readonly Lane[]} lanes
 * @property {Readonly<Record<string, readonly [top: string, bottom: string]>>} ratios by their key in the result
 */

/**
 * The same workload on every system.
 * @param {'W0' | 'W1' | 'W3' | 'W4'} workload
 * @param {import('../services/main.mjs').Fault} [reviewsFault]
 * @returns {Bout}
 */
function comparison(workload, reviewsFault = 'none') {
  const key = workload.toLowerCase();
  return {
    name: workload,
    reviewsFault,
    lanes: ['bare', 'portico-full', 'handwritten', 'portico-bare'].map((system) => ({ system, workload })),
    ratios: {
      [`${key}_full_vs_bare`]: [`portico-full@${workload}`, `bare@${workload}`],
      [`${key}_full_vs_handwritten`]: [`portico-full@${workload}`, `handwritten@${workload}`],
      [`${key}_bare_vs_bare`]: [`portico-bare@${workload}`, `bare@${workload}`],
      [`${key}_handwritten_vs_bare`]: [`handwritten@${workload}`, `bare@${workload}`],
    },
  };
}

/** What it costs to verify a token that is known already: one token for all requests, seen before they are measured. @type {Bout} */
const verification = {
  name: 'VERIFY',
  reviewsFault: 'none',
  lanes: ['portico-verified', 'portico-bare'].map((system) => ({ system, workload: /** @type {const} */ ('W1') })),
  ratios: { w1_verified_vs_unverified: ['portico-verified@W1', 'portico-bare@W1'] },
};

/** What one hot key saves: each system against itself, in the same process. @type {Bout} */
const hotKey = {
  name: 'W6',
  reviewsFault: 'none',
  lanes: ['portico-full', 'bare'].flatMap((system) => [
    { system, workload: /** @type {const} */ ('W6') },
    { system, workload: /** @type {const} */ ('W1') },
  ]),
  ratios: {
    w6_vs_w1: ['portico-full@W6', 'portico-full@W1'],
    w6_vs_w1_by_hand: ['bare@W6', 'bare@W1'],
    w6_full_vs_bare: ['portico-full@W6', 'bare@W6'],
  },
};

/** Who passes requests on, besides the bare proxy and Portico. */
const proxies = ['fastify-http-proxy', 'http-proxy-middleware', 'express-gateway', 'nginx'];

/**
 * A plain route on every system that passes requests on.
 * @param {'P1' | 'P100'} workload
 * @returns {Bout}
 */
function passingOn(workload) {
  const key = workload.toLowerCase();
  const bare = `bare-proxy@${workload}`;
  return {
    name: workload,
    reviewsFault: 'none',
    lanes: ['bare-proxy', 'portico-full', ...proxies].map((system) => ({ system, workload })),
    ratios: {
      [`${key}_full_vs_bare_proxy`]: [`portico-full@${workload}`, bare],
      ...Object.fromEntries(proxies.map((system) => [`${key}_${system.replaceAll('-', '_')}_vs_bare_proxy`, [`${system}@${workload}`, bare]])),
    },
  };
}

/** What a hundred times as many routes cost. @type {Bout} */
const manyRoutes = {
  name: 'ROUTES',
  reviewsFault: 'none',
  lanes: ['portico-10-routes', 'portico-1000-routes'].map((system) => ({ system, workload: /** @type {const} */ ('P1') })),
  ratios: { routes_1000_vs_10: ['portico-1000-routes@P1', 'portico-10-routes@P1'] },
};

/** What it costs to record one trace in a hundred and send it by OTLP. @type {Bout} */
const traces = {
  name: 'TRACES',
  reviewsFault: 'none',
  lanes: ['portico-otlp', 'portico-untraced'].map((system) => ({ system, workload: /** @type {const} */ ('W1') })),
  ratios: { w1_traces_otlp_vs_none: ['portico-otlp@W1', 'portico-untraced@W1'] },
};

/** @type {readonly Bout[]} */
export const bouts = [comparison('W0'), comparison('W1'), comparison('W3'), comparison('W4', 'fail'), verification, hotKey, passingOn('P1'), passingOn('P100'), manyRoutes, traces];

/** Ratios of which the worse one is given under a key of its own. @type {Readonly<Record<string, readonly string[]>>} */
export const worst = { w0_full_vs_bare_proxy: ['p1_full_vs_bare_proxy', 'p100_full_vs_bare_proxy'] };

/** Name of the bout that measures starting, not serving. */
export const startBout = 'START';

/** Name of the bout that measures push servers beside each other. */
export const pushBout = 'PUSH';

/** Name of the bout that measures memory and connections over a longer time. */
export const soakBout = 'SOAK';

/** What is run when nothing is said: a soak takes minutes and has to be asked for. */
export const usualBouts = [...bouts.map(({ name }) => name), startBout, pushBout];

export const boutNames = [...usualBouts, soakBout];

/** @param {Lane} lane */
export const laneName = ({ system, workload }) => `${system}@${workload}`;
