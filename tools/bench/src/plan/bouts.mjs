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

/** @type {readonly Bout[]} */
export const bouts = [comparison('W0'), comparison('W1'), comparison('W3'), comparison('W4', 'fail'), hotKey];

/** Name of the bout that measures starting, not serving. */
export const startBout = 'START';

export const boutNames = [...bouts.map(({ name }) => name), startBout];

/** @param {Lane} lane */
export const laneName = ({ system, workload }) => `${system}@${workload}`;
