import { describe, expect, it } from 'vitest';
import { ResilienceOptions } from './resilience.config.js';

describe('ResilienceOptions', () => {
  it('keeps the declared default of whatever is not set', () => {
    const options = new ResilienceOptions({ retry: { maxAttempts: 1 }, hedge: {} });
    expect(options.retry).toEqual({ maxAttempts: 1, baseDelayMs: 50, maxDelayMs: 1_000, budgetPercent: 20, minRetriesPerSecond: 10 });
    expect(options.hedge).toEqual({ delayMs: 'p95', budgetPercent: 5 });
  });

  it('has hedging off by default', () => {
    expect(new ResilienceOptions().hedge).toBeUndefined();
  });

  it('accepts what is allowed besides numbers', () => {
    const options = new ResilienceOptions({ circuitBreaker: { failureRatio: 0.5 }, hedge: { delayMs: 20 } });
    expect([options.circuitBreaker.failureRatio, options.hedge?.delayMs]).toEqual([0.5, 20]);
  });

  it('lists every value out of range with its path', () => {
    const wrong = () =>
      new ResilienceOptions({
        bulkhead: { maxConcurrent: 0 },
        retry: { maxAttempts: 1.5, budgetPercent: NaN },
        circuitBreaker: { failureRatio: 2 },
        attemptTimeout: { timeoutMs: '5' as unknown as number },
      });
    expect(wrong).toThrow(RangeError);
    const message = (() => {
      try {
        return void wrong();
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toBe(
      'Resilience options: bulkhead.maxConcurrent must be a whole number from 1 to 100000, is 0; ' +
        'retry.maxAttempts must be a whole number from 1 to 20, is 1.5; retry.budgetPercent must be a number from 0 to 100, is NaN; ' +
        'circuitBreaker.failureRatio must be a number from 0.01 to 1, is 2; attemptTimeout.timeoutMs must be a number from 1 to 3600000, is 5.',
    );
  });
});
