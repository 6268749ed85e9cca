import { Setting } from '@portico/config';
import { ResilienceOptions } from '@portico/resilience';
import { IsInt, IsNumber, Max, Min } from 'class-validator';

/** What a service may take of this gateway: connections, time, attempts. */
export class ServiceLimits {
  @Setting({ description: 'Connections to each instance', unit: 'connections' })
  @IsInt()
  @Min(1)
  @Max(10_000)
  connections: number = 64;

  @Setting({ description: 'Time to open a connection', unit: 'ms' })
  @IsInt()
  @Min(1)
  connectTimeoutMs: number = 500;

  @Setting({ description: 'Largest answer that is read; a larger one is a failed call', unit: 'bytes' })
  @IsInt()
  @Min(1)
  maxBodyBytes: number = 5_242_880;

  @Setting({ description: 'Calls under way at once', unit: 'calls' })
  @IsInt()
  @Min(1)
  maxConcurrent: number = 200;

  @Setting({ description: 'Calls that may wait for a place; 0 refuses at once', unit: 'calls' })
  @IsInt()
  @Min(0)
  maxQueued: number = 100;

  @Setting({ description: 'Time for a call with all its attempts; the request deadline holds too', unit: 'ms' })
  @IsInt()
  @Min(1)
  totalTimeoutMs: number = 3_000;

  @Setting({ description: 'Time for one attempt', unit: 'ms' })
  @IsInt()
  @Min(1)
  attemptTimeoutMs: number = 1_000;

  @Setting({ description: 'Attempts in all; 1 never retries', unit: 'attempts' })
  @IsInt()
  @Min(1)
  @Max(20)
  maxAttempts: number = 3;

  @Setting({ description: 'Retries allowed, in percent of the calls of the last 10 s', unit: '%' })
  @IsNumber()
  @Min(0)
  @Max(100)
  retryBudgetPercent: number = 20;

  @Setting({ description: 'Failures in a row that open the circuit', unit: 'failures' })
  @IsInt()
  @Min(1)
  breakerFailures: number = 5;

  @Setting({ description: 'Time for which an open circuit refuses every call', unit: 'ms' })
  @IsInt()
  @Min(1)
  breakerOpenMs: number = 5_000;

  @Setting({ description: 'Time after which a second attempt races the first; 0 never does', unit: 'ms' })
  @IsInt()
  @Min(0)
  hedgeAfterMs: number = 0;
}

/** The resilience options that a service's configuration stands for. */
export function resilienceOf(config: ServiceLimits): ResilienceOptions {
  return new ResilienceOptions({
    bulkhead: { maxConcurrent: config.maxConcurrent, maxQueued: config.maxQueued },
    totalTimeout: { timeoutMs: config.totalTimeoutMs },
    attemptTimeout: { timeoutMs: config.attemptTimeoutMs },
    retry: { maxAttempts: config.maxAttempts, budgetPercent: config.retryBudgetPercent },
    circuitBreaker: { failureThreshold: config.breakerFailures, openMs: config.breakerOpenMs },
    ...(config.hedgeAfterMs > 0 && { hedge: { delayMs: config.hedgeAfterMs } }),
  });
}
