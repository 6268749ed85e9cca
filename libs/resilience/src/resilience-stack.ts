import { AttemptTimeoutStrategy } from './attempt-timeout.strategy.js';
import { BulkheadStrategy } from './bulkhead.strategy.js';
import { CircuitBreakerStrategy } from './circuit-breaker.strategy.js';
import { HedgeStrategy } from './hedge.strategy.js';
import type { ResilienceOptions } from './resilience.config.js';
import { RetryStrategy } from './retry.strategy.js';
import type { Strategy, StrategyDependencies } from './strategy.js';
import { TotalTimeoutStrategy } from './total-timeout.strategy.js';

/**
 * The strategies of one service, outermost first: the one place where their order stands.
 * The circuit breaker stands inside the retry, so every attempt counts; the instance is picked inside all of them, so a further attempt may go elsewhere.
 * One stack per service: bulkhead, retry budget and circuit are shared by all calls to it.
 */
export function resilienceStack(options: ResilienceOptions, deps: StrategyDependencies): readonly Strategy[] {
  return [
    new BulkheadStrategy(options.bulkhead, deps),
    new TotalTimeoutStrategy(options.totalTimeout, deps),
    new RetryStrategy(options.retry, deps),
    ...(options.hedge ? [new HedgeStrategy(options.hedge, deps)] : []),
    new CircuitBreakerStrategy(options.circuitBreaker, deps),
    new AttemptTimeoutStrategy(options.attemptTimeout, deps),
  ];
}
