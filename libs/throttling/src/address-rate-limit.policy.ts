import type { Policy } from '@portico/core';
import { addressGroup } from './address-group.js';
import { declaredLimit, skipsLimiter } from './declared-limit.js';
import { standardAnswers } from './limit-answers.js';
import { limitStep } from './limit-step.js';
import { assertRate, type Rate } from './rate.js';
import { RateLimiter } from './rate-limiter.js';

const name = 'address';

/**
 * Limits all that comes from one address (an IPv6 /64), unknown addresses of the gateway included. A coarse shield: it stands before
 * authentication, and many callers may share an address. `@Throttle({ address: … })` gives an operation its own count, `@SkipThrottle({ address: true })` none.
 * System endpoints are not limited. Refuses with LIMIT_EXCEEDED.
 */
export function addressRateLimit(rate: Rate): Policy {
  assertRate(rate, name);
  return {
    name: 'address-rate-limit',
    compile(endpoint, resolve) {
      if (endpoint.kind === 'system' || skipsLimiter(endpoint, name)) return undefined;
      const own = declaredLimit(endpoint, name, rate);
      const limiter = own ? `${name} ${endpoint.name}` : name;
      const count = resolve(RateLimiter).counter(own ?? rate);
      return limitStep(({ address }) => count(addressGroup(address), limiter), standardAnswers(name, own ?? rate, false));
    },
  };
}
