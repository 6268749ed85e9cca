import { Section, Setting } from '@portico/config';
import { AttemptTimeoutOptions, BulkheadOptions, CircuitBreakerOptions, HedgeOptions, RetryOptions, TotalTimeoutOptions, type ResilienceSettings } from '@portico/resilience';
import { Max, Min } from 'class-validator';

/** When a slow attempt gets a rival. */
export class RouteHedgeConfig {
  @Setting({ description: 'Time after which the second attempt starts; 0 takes the time that 95 % of the attempts stay under', unit: 'ms' })
  @Min(0)
  @Max(60_000)
  delayMs: number = 0;

  @Setting({ description: 'Second attempts allowed, in percent of the calls of the last 10 seconds', unit: '%' })
  @Min(0.1)
  @Max(100)
  budgetPercent: number = 5;
}

/** A stack of its own around the calls of a route: a section that is given replaces that of the service. */
export class RouteResilienceConfig {
  @Section(() => BulkheadOptions, { description: 'Calls at once', optional: true })
  bulkhead?: BulkheadOptions;

  @Section(() => TotalTimeoutOptions, { description: 'Time for a call with all its attempts', optional: true })
  totalTimeout?: TotalTimeoutOptions;

  @Section(() => RetryOptions, { description: 'Further attempts', optional: true })
  retry?: RetryOptions;

  @Section(() => RouteHedgeConfig, { description: 'A second attempt that races a slow one', optional: true })
  hedge?: RouteHedgeConfig;

  @Section(() => CircuitBreakerOptions, { description: 'When the service is left alone', optional: true })
  circuitBreaker?: CircuitBreakerOptions;

  @Section(() => AttemptTimeoutOptions, { description: 'Time for one attempt', optional: true })
  attemptTimeout?: AttemptTimeoutOptions;
}

/** The settings that a route's stack is made with. */
export function resilienceSettings({ hedge, ...sections }: RouteResilienceConfig): ResilienceSettings {
  const given = Object.fromEntries(Object.entries(sections).filter(([, section]) => section !== undefined)) as ResilienceSettings;
  if (!hedge) return given;
  const delayMs: HedgeOptions['delayMs'] = hedge.delayMs === 0 ? 'p95' : hedge.delayMs;
  return { ...given, hedge: { ...hedge, delayMs } };
}
