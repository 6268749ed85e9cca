import { Option } from './option.decorator.js';
import { between, whole } from './option-ranges.js';

/** Whether, when and how often a failed attempt is repeated. */
export class RetryOptions {
  @Option({ description: 'Attempts in all, the first one included; 1 never retries', unit: 'attempts', range: whole(1, 20) })
  readonly maxAttempts: number = 3;

  @Option({ description: 'Upper bound of the wait before the second attempt; doubles with each further one', unit: 'ms', range: between(0, 60_000) })
  readonly baseDelayMs: number = 50;

  @Option({ description: 'Upper bound that the doubling does not pass', unit: 'ms', range: between(0, 600_000) })
  readonly maxDelayMs: number = 1_000;

  @Option({ description: 'Retries allowed, in percent of the calls of the last 10 seconds', unit: '%', range: between(0, 100) })
  readonly budgetPercent: number = 20;

  @Option({ description: 'Retries allowed besides, so that a service with few calls is retried too', unit: 'per second', range: between(0, 10_000) })
  readonly minRetriesPerSecond: number = 10;
}
