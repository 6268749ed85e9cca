import { between, whole, type Ranges } from './option-ranges.js';

/** Whether, when and how often a failed attempt is repeated. */
export class RetryOptions {
  /** Attempts in all, the first one included. Default 3; 1 never retries. */
  readonly maxAttempts: number = 3;
  /** Upper bound of the wait before the second attempt, in ms; doubles with each further one. Default 50. */
  readonly baseDelayMs: number = 50;
  /** Upper bound that the doubling does not pass, in ms. Default 1000. */
  readonly maxDelayMs: number = 1_000;
  /** Retries allowed, in percent of the calls of the last 10 seconds. Default 20. */
  readonly budgetPercent: number = 20;
  /** Retries per second allowed besides, so that a service with few calls is retried too. Default 10. */
  readonly minRetriesPerSecond: number = 10;

  static readonly ranges: Ranges<RetryOptions> = {
    maxAttempts: whole(1, 20),
    baseDelayMs: between(0, 60_000),
    maxDelayMs: between(0, 600_000),
    budgetPercent: between(0, 100),
    minRetriesPerSecond: between(0, 10_000),
  };
}
