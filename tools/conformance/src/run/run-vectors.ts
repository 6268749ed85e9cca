import type { StartGateway } from '../gateway/gateway-under-test.js';
import type { Deviations } from '../report/deviations.js';
import type { Vector } from '../vectors/vector.js';
import { runCase } from './case-run.js';
import { resultOf, type CaseResult } from './case-result.js';
import type { Aspect, Mismatch } from './mismatch.js';

/** How cases are run. */
export interface RunOptions {
  readonly gateway: StartGateway;
  /** Beginning of the ids of the cases to run; empty: all. */
  readonly only?: string;
  readonly deviations?: Deviations;
  /** Cases that run at the same time, those with the tag `timing` left out; 4 by default. */
  readonly parallel?: number;
  /** Told of each result as it comes. */
  readonly onResult?: (result: CaseResult) => void;
}

/** Runs the cases: first those that may run side by side, then those that measure time, one by one. The results are in the order of the cases. */
export async function runVectors(vectors: readonly Vector[], { gateway, only = '', deviations = new Map(), parallel = 4, onResult = () => {} }: RunOptions): Promise<CaseResult[]> {
  const chosen = vectors.filter(({ id }) => id.startsWith(only));
  const timed = chosen.filter(({ tags }) => tags?.includes('timing'));
  const results = new Map<Vector, CaseResult>();
  const work = async (queue: Vector[]): Promise<void> => {
    for (let vector = queue.shift(); vector; vector = queue.shift()) {
      const result = resultOf(vector, await mismatchesOf(vector, gateway, deviations.get(vector.id)), deviations);
      results.set(vector, result);
      onResult(result);
    }
  };
  const queue = chosen.filter((vector) => !timed.includes(vector));
  await Promise.all(Array.from({ length: parallel }, () => work(queue)));
  await work([...timed]);
  return chosen.map((vector) => results.get(vector) as CaseResult);
}

/** A case that cannot even be set up is not met. */
async function mismatchesOf(vector: Vector, gateway: StartGateway, tolerated: readonly Aspect[] | undefined): Promise<Mismatch[]> {
  try {
    return await runCase(vector, gateway, tolerated);
  } catch (error) {
    return [{ aspect: 'startup', text: error instanceof Error ? error.message : String(error) }];
  }
}
