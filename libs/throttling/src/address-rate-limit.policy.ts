import type { Policy } from '@portico/core';
import { addressGroup } from './address-group.js';
import { declaredLimit, skipsLimiter } from './declared-limit.js';
import { limitStep } from './limit-step.js';
import { assertRateLimit, type RateLimit } from './rate-limit.js';
import { RateLimiter } from './rate-limiter.js';

const name = 'address';

/**
 * Limits all that comes from one address (an IPv6 /64), unknown addresses of the gateway included. A coarse shield: it stands before
 * authentication, and many callers may share an address. `@Throttle({ address: … })` gives an operation its own count, `@SkipThrottle({ address: true })` none.
 * System endpoints are not limited. Refuses with LIMIT_EXCEEDED.
 */
export function addressRateLimit(rate: RateLimit): Policy {
  assertRateLimit(rate, name);
  return {
    name: 'address-rate-limit',
    compile(endpoint, resolve) {
      if (endpoint.kind === 'system' || skipsLimiter(endpoint, name)) return undefined;
      const own = declaredLimit(endpoint, name, rate);
      const limiter = own ? `${name} ${endpoint.name}` : name;
      const count = resolve(RateLimiter).counter(own ?? rate);
      return limitStep({ shownAs: name, rate: own ?? rate, announce: false, count: ({ address }) => count(addressGroup(address), limiter) });
    },
  };
}
