import { between, type Ranges } from './option-ranges.js';

/** How long one attempt may take. */
export class AttemptTimeoutOptions {
  /** Milliseconds. Default 1000. What is left until the call is due holds too: the shorter of both counts. */
  readonly timeoutMs: number = 1_000;

  static readonly ranges: Ranges<AttemptTimeoutOptions> = { timeoutMs: between(1, 3_600_000) };
}
