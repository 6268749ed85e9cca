import { Option } from './option.decorator.js';
import { whole } from './option-ranges.js';

/** How many calls to one service may be under way at once. */
export class BulkheadOptions {
  @Option({ description: 'Calls under way at once', unit: 'calls', range: whole(1, 100_000) })
  readonly maxConcurrent: number = 200;

  @Option({ description: 'Calls that may wait for a place, first come first served; 0 refuses at once', unit: 'calls', range: whole(0, 100_000) })
  readonly maxQueued: number = 100;
}
