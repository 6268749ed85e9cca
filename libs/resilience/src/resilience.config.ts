import { AttemptTimeoutOptions } from './attempt-timeout.config.js';
import { BulkheadOptions } from './bulkhead.config.js';
import { CircuitBreakerOptions } from './circuit-breaker.config.js';
import { HedgeOptions } from './hedge.config.js';
import { outOfRange } from './option-ranges.js';
import { RetryOptions } from './retry.config.js';
import { TotalTimeoutOptions } from './total-timeout.config.js';

/** What may be set of the options of one service; the rest keeps its default. */
export interface ResilienceSettings {
  readonly bulkhead?: Partial<BulkheadOptions>;
  readonly totalTimeout?: Partial<TotalTimeoutOptions>;
  readonly retry?: Partial<RetryOptions>;
  readonly hedge?: Partial<HedgeOptions>;
  readonly circuitBreaker?: Partial<CircuitBreakerOptions>;
  readonly attemptTimeout?: Partial<AttemptTimeoutOptions>;
}

/** Every option of one service's stack, a section per strategy. */
export class ResilienceOptions {
  readonly bulkhead: BulkheadOptions;
  readonly totalTimeout: TotalTimeoutOptions;
  readonly retry: RetryOptions;
  /** Undefined, the default, is off; an empty section is on with its defaults. */
  readonly hedge: HedgeOptions | undefined;
  readonly circuitBreaker: CircuitBreakerOptions;
  readonly attemptTimeout: AttemptTimeoutOptions;

  /** @throws RangeError that lists every value out of range, with its path. */
  constructor(settings: ResilienceSettings = {}) {
    this.bulkhead = Object.assign(new BulkheadOptions(), settings.bulkhead);
    this.totalTimeout = Object.assign(new TotalTimeoutOptions(), settings.totalTimeout);
    this.retry = Object.assign(new RetryOptions(), settings.retry);
    this.hedge = settings.hedge && Object.assign(new HedgeOptions(), settings.hedge);
    this.circuitBreaker = Object.assign(new CircuitBreakerOptions(), settings.circuitBreaker);
    this.attemptTimeout = Object.assign(new AttemptTimeoutOptions(), settings.attemptTimeout);
    const faults = this.#faults();
    if (faults.length > 0) throw new RangeError(`Resilience options: ${faults.join('; ')}.`);
  }

  #faults(): string[] {
    return [
      ...outOfRange('bulkhead', this.bulkhead),
      ...outOfRange('totalTimeout', this.totalTimeout),
      ...outOfRange('retry', this.retry),
      ...(this.hedge ? outOfRange('hedge', this.hedge) : []),
      ...outOfRange('circuitBreaker', this.circuitBreaker),
      ...outOfRange('attemptTimeout', this.attemptTimeout),
    ];
  }
}
