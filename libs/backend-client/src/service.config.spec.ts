import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { ServiceConfig } from './index.js';
import { resilienceOf } from './service-limits.config.js';

const configOf = (settings: Partial<ServiceConfig>): ServiceConfig => Object.assign(new ServiceConfig(), { instances: ['http://10.0.0.7:4001'] }, settings);
const faults = (settings: Partial<ServiceConfig>): string[] => validateSync(configOf(settings)).flatMap(({ constraints }) => Object.values(constraints ?? {}));

describe('ServiceConfig', () => {
  it('takes its defaults, and instances with weights', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ instances: ['http://a:1', 'https://b weight=3'] })).toEqual([]);
  });

  it.each([['ftp://a'], ['http://a/path'], ['http://user:secret@a'], ['http://a weight=0'], ['nonsense']])('refuses the instance %s', (address) => {
    const found = faults({ instances: ['http://a:1', address] });
    expect(found).toHaveLength(1);
    expect(found[0]).not.toContain('secret');
  });

  it('refuses a service without instances, an unknown balancer, and numbers out of range', () => {
    expect(faults({ instances: [] })).toHaveLength(1);
    expect(faults({ balancer: 'random' })).toHaveLength(1);
    for (const setting of ['connections', 'connectTimeoutMs', 'maxBodyBytes', 'maxConcurrent', 'totalTimeoutMs', 'attemptTimeoutMs', 'maxAttempts', 'breakerFailures', 'breakerOpenMs'] as const) {
      expect([setting, faults({ [setting]: 0 }).length]).toEqual([setting, 1]);
    }
  });

  it('hedges only where that is configured', () => {
    expect(resilienceOf(configOf({})).hedge).toBeUndefined();
    expect(resilienceOf(configOf({ hedgeAfterMs: 40 })).hedge).toMatchObject({ delayMs: 40 });
  });

  it('stands for the resilience options of the same names', () => {
    const options = resilienceOf(configOf({ maxConcurrent: 7, maxQueued: 8, totalTimeoutMs: 900, attemptTimeoutMs: 300, maxAttempts: 2, retryBudgetPercent: 5, breakerFailures: 9, breakerOpenMs: 100 }));
    expect(options).toMatchObject({
      bulkhead: { maxConcurrent: 7, maxQueued: 8 },
      totalTimeout: { timeoutMs: 900 },
      attemptTimeout: { timeoutMs: 300 },
      retry: { maxAttempts: 2, budgetPercent: 5 },
      circuitBreaker: { failureThreshold: 9, openMs: 100 },
    });
  });
});
