import type { Endpoint, Policy } from '@portico/core';
import { configuredAnswers } from './configured-answers.js';
import { compileLimitKey } from './limit-key.js';
import { limitStep } from './limit-step.js';
import { rateLimitKey } from './rate-limit.decorator.js';
import type { RateLimitOptions } from './rate-limit.options.js';
import { RateLimiter } from './rate-limiter.js';
import { assertRate, type Rate } from './rate.js';

/**
 * Limits an endpoint whose configuration or `@RateLimit()` says so, by the caller, the address, a header or another key, apart from every other endpoint unless a share is named.
 * Stands after authentication, besides the limits of the whole gateway. Refuses with LIMIT_EXCEEDED, or with the plain text of `message` as the ready answer.
 */
export function routeRateLimit(): Policy {
  return {
    name: 'rate-limit',
    compile(endpoint, resolve) {
      const options = endpoint.declared<RateLimitOptions>(rateLimitKey);
      if (!options || endpoint.kind === 'system') return undefined;
      const limiter = resolve(RateLimiter);
      const read = compileLimitKey(options);
      const count = limiter.counter(assertRate(rateOf(options), endpoint.name));
      const name = limiterName(endpoint, options);
      return limitStep((context) => {
        const key = read(context);
        return key === undefined ? undefined : count(key, name);
      }, configuredAnswers(options.share || 'route', options, limiter.clock));
    },
  };
}

function rateOf({ limit, windowMs, blockMs, algorithm, burst }: RateLimitOptions): Rate {
  return { limit, windowMs, blockMs, algorithm, burst: burst || undefined };
}

// What cannot be counted together is in the name: one counter with two windows would begin anew at each change.
function limiterName(endpoint: Endpoint, { share, by, header, algorithm, windowMs }: RateLimitOptions): string {
  const whose = share === '' ? `route ${endpoint.name}` : `share ${share}`;
  return `${whose} ${by === 'header' ? `header ${header.toLowerCase()}` : by} ${algorithm} ${windowMs}`;
}
