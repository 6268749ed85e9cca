import { partialProductScreen, plainDocument, productHead, productList, productScreen } from '../gate/view-models.mjs';

/**
 * What is asked of a gateway, and what it has to answer.
 * @typedef {object} Workload
 * @property {string} title for the table
 * @property {(n: number) => string} path of the n-th request
 * @property {(n: number) => unknown} expected view model of the n-th request
 */

/** @typedef {'W0' | 'W1' | 'W3' | 'W4' | 'W4_WHOLE' | 'W6' | 'P1' | 'P100' | 'SOAK'} WorkloadName */

const listLength = 20;
const hotId = 'p-4711';
/** While soaking one answer of so many is large. */
const largeOneOf = 10;

/** @param {number} n */
const kilobytesOf = (n) => (n % largeOneOf === 0 ? 100 : 1);

/** Each request has an id of its own, so that neither a cache nor coalescing helps; in W6 all have the same one. @type {Record<WorkloadName, Workload>} */
export const workloads = {
  W0: { title: 'one call, shaped', path: (n) => `/w0/p-${n}`, expected: (n) => productHead(`p-${n}`) },
  W1: { title: 'three parallel calls joined', path: (n) => `/w1/p-${n}`, expected: (n) => productScreen(`p-${n}`) },
  W3: { title: 'list of 20 joined with one batch', path: (n) => `/w3?offset=${n * listLength}`, expected: (n) => productList(n * listLength) },
  W4: { title: 'W1 with a part failing', path: (n) => `/w4/p-${n}`, expected: (n) => partialProductScreen(`p-${n}`) },
  W4_WHOLE: { title: 'W4 with nothing failing', path: (n) => `/w4/p-${n}`, expected: (n) => productScreen(`p-${n}`) },
  W6: { title: 'W1 on one hot key', path: () => `/w6/${hotId}`, expected: () => productScreen(hotId) },
  P1: { title: 'plain route, 1 KB', path: (n) => `/p1/p-${n}`, expected: (n) => plainDocument(1, `p-${n}`) },
  P100: { title: 'plain route, 100 KB', path: (n) => `/p100/p-${n}`, expected: (n) => plainDocument(100, `p-${n}`) },
  SOAK: { title: 'plain routes, one of ten 100 KB', path: (n) => `/p${kilobytesOf(n)}/p-${n}`, expected: (n) => plainDocument(kilobytesOf(n), `p-${n}`) },
};

/**
 * @param {string} name
 * @returns {Workload}
 * @throws {Error} when there is none of this name
 */
export function workloadOf(name) {
  if (!Object.hasOwn(workloads, name)) throw new Error(`there is no workload ${name}`);
  return workloads[/** @type {WorkloadName} */ (name)];
}
