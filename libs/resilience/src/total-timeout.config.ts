import { Option } from './option.decorator.js';
import { between } from './option-ranges.js';

/** How long one call may take in all, its retries and their waiting included. */
export class TotalTimeoutOptions {
  @Option({ description: 'Time from the moment the bulkhead lets the call in; the deadline of the caller holds too', unit: 'ms', range: between(1, 3_600_000) })
  readonly timeoutMs: number = 3_000;
}
