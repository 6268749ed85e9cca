/**
 * How hits are counted. `sliding`: never more than the limit in any window. `fixed`: a window begins with a key's first hit, and its end clears the count.
 * `token-bucket`: a bucket that refills steadily, so that a rested key may send a burst.
 */
export type CountingAlgorithm = 'sliding' | 'fixed' | 'token-bucket';

/** What a storage needs to know besides limit and window. */
export interface Counting {
  readonly algorithm: CountingAlgorithm;
  /** Hits that a full bucket holds; 0: as many as the limit. Only for `token-bucket`. */
  readonly burst: number;
}

/** What a storage does that is told nothing. */
export const slidingCounting: Counting = Object.freeze({ algorithm: 'sliding', burst: 0 });
