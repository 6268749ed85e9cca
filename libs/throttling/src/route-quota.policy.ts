import type { Clock, Endpoint, Policy } from '@portico/core';
import { standardAnswers } from './limit-answers.js';
import { compileLimitKey } from './limit-key.js';
import { limitStep } from './limit-step.js';
import { quotaKey } from './quota.decorator.js';
import type { QuotaOptions } from './quota.options.js';
import { longestPeriodMs, quotaPeriod } from './quota-period.js';
import { RateLimiter } from './rate-limiter.js';
import { assertRate } from './rate.js';
import type { ThrottlerRecord } from './counting-storage.js';

/**
 * Lets each key use an endpoint so often in a day, a month or another long period, where the endpoint's configuration or `@Quota()` says so. The count begins anew with each period.
 * It is in the storage of the limits, so with the one in memory each instance of the gateway counts for itself, and a restart forgets.
 * Stands after authentication. Refuses with LIMIT_EXCEEDED; `Retry-After` is the time until the next period.
 */
export function routeQuota(): Policy {
  return {
    name: 'quota',
    compile(endpoint, resolve) {
      const options = endpoint.declared<QuotaOptions>(quotaKey);
      if (!options || endpoint.kind === 'system') return undefined;
      const limiter = resolve(RateLimiter);
      const read = compileLimitKey(options);
      const windowMs = longestPeriodMs(options);
      const count = limiter.counter(assertRate({ limit: options.limit, windowMs, algorithm: 'fixed' }, endpoint.name));
      const current = currentPeriod(limiterName(endpoint, options), options, limiter.clock);
      return limitStep((context) => {
        const key = read(context);
        if (key === undefined) return undefined;
        const { name, leftS } = current();
        const record = count(key, name);
        return record instanceof Promise ? record.then((counted) => ending(counted, leftS)) : ending(record, leftS);
      }, standardAnswers(options.share || 'quota', { limit: options.limit, windowMs }, true));
    },
  };
}

// Each period has a limiter of its own. That way any storage counts by the calendar, whatever it takes for the beginning of a window.
function currentPeriod(prefix: string, options: QuotaOptions, clock: Clock): () => { readonly name: string; readonly leftS: number } {
  let { startMs, endMs } = quotaPeriod(options, clock.epochMs());
  let name = `${prefix} ${startMs}`;
  return () => {
    const now = clock.epochMs();
    if (now >= endMs || now < startMs) {
      ({ startMs, endMs } = quotaPeriod(options, now));
      name = `${prefix} ${startMs}`;
    }
    return { name, leftS: Math.ceil((endMs - now) / 1_000) };
  };
}

function ending(record: ThrottlerRecord | undefined, leftS: number): ThrottlerRecord | undefined {
  return record && { ...record, timeToExpire: leftS, timeToBlockExpire: record.isBlocked ? leftS : 0 };
}

function limiterName(endpoint: Endpoint, { share, by, header, period, windowMs }: QuotaOptions): string {
  const whose = share === '' ? `quota ${endpoint.name}` : `quota share ${share}`;
  return `${whose} ${by === 'header' ? `header ${header.toLowerCase()}` : by} ${period === 'window' ? windowMs : period}`;
}
