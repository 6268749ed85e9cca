import { between, type Ranges } from './option-ranges.js';

/** How long one call may take in all, its retries and their waiting included. */
export class TotalTimeoutOptions {
  /** Milliseconds from the moment the bulkhead lets the call in. Default 3000. The caller's deadline holds too: the earlier of both counts. */
  readonly timeoutMs: number = 3_000;

  static readonly ranges: Ranges<TotalTimeoutOptions> = { timeoutMs: between(1, 3_600_000) };
}
