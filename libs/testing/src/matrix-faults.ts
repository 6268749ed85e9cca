import type { ShopFaults } from './test-shop.js';

/** A fault of the matrix: settings of the service's fault switch, or its line cut. */
export interface MatrixFault {
  readonly name: string;
  readonly settings: ShopFaults | 'cut';
  /** Changes JSON only: a service that speaks XML does not have it. */
  readonly jsonOnly?: boolean;
}

/** Longer than any deadline. */
const foreverMs = 30_000;

/** What a service may do wrong. The cut comes last: its line stays cut. */
export const matrixFaults: readonly MatrixFault[] = [
  { name: 'is slow', settings: { latencyMs: foreverMs } },
  { name: 'answers 500', settings: { errorRate: 1, errorStatus: 500 } },
  { name: 'answers 503', settings: { errorRate: 1, errorStatus: 503 } },
  { name: 'resets connections', settings: { resetRate: 1 } },
  { name: 'truncates its answers', settings: { truncateRate: 1 } },
  { name: 'answers with a page', settings: { answer: 'html' } },
  { name: 'answers with wrong types', settings: { answer: 'wrong-type' }, jsonOnly: true },
  { name: 'answers with 50 MB', settings: { answer: 'huge' } },
  { name: 'is down', settings: 'cut' },
];

/** What a gateway must never let out of all this: addresses, stacks, and the words of a faulty service. */
export const leaks = /127\.0\.0\.1|localhost:|ECONN|UND_ERR|socket hang up|node_modules|\bat \S+ \(|\.ts:\d|injected fault|Please sign in|x{50}|wsdl/i;
