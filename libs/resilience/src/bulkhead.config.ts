import { whole, type Ranges } from './option-ranges.js';

/** How many calls to one service may be under way at once. */
export class BulkheadOptions {
  /** Calls under way at once. Default 200. */
  readonly maxConcurrent: number = 200;
  /** Calls that may wait for a place, first come first served. Default 100; 0 refuses at once. */
  readonly maxQueued: number = 100;

  static readonly ranges: Ranges<BulkheadOptions> = { maxConcurrent: whole(1, 100_000), maxQueued: whole(0, 100_000) };
}
