import type { CountingAlgorithm } from './counting.js';
import type { Linked, RecencyList } from './recency-list.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** Counters of similar windows, those that were refused last apart. */
export interface Shelf {
  readonly within: RecencyList<Counter>;
  readonly over: RecencyList<Counter>;
}

/** The keys of one limiter. */
export interface LimiterKeys {
  readonly name: string;
  readonly counters: Map<string, Counter>;
  readonly shelf: Shelf;
}

/** What the hits of one key are held against. */
export interface Allowance {
  readonly windowMs: number;
  readonly limit: number;
  /** How long a key that went over stays refused, in ms; 0: until it has room again. */
  readonly blockMs: number;
  /** Hits that a full bucket holds; 0: as many as the limit. */
  readonly burst: number;
}

/** Counts the hits of one key, each in constant time and without a timer. */
export interface Counter extends Linked<Counter> {
  readonly algorithm: CountingAlgorithm;
  readonly owner: LimiterKeys;
  readonly key: string;
  /** Whether the last hit was refused. */
  readonly over: boolean;
  /** Whether nothing that happened to this key counts any more. */
  ended(now: number): boolean;
  /** A refused hit is not counted, and does not prolong a block. */
  hit(allowance: Allowance, now: number): ThrottlerRecord;
}

/** Whole seconds as a record has them: rounded up, at least 1. */
export function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}
