import type { Policy } from '@portico/core';
import { addressGroup } from './address-group.js';
import { declaredLimit, skipsLimiter } from './declared-limit.js';
import { standardAnswers } from './limit-answers.js';
import { limitStep } from './limit-step.js';
import { assertRate, type Rate } from './rate.js';
import { RateLimiter } from './rate-limiter.js';

// The name that the package gives to a limiter without one, so that its decorators need none either.
const name = 'default';

/**
 * Limits each caller, over all operations together; who is anonymous is limited by address, apart from every caller. Stands after authentication.
 * `@Throttle({ default: { limit, ttl } })` gives an operation a limit and a count of its own instead, `@SkipThrottle()` none.
 * HEAD counts like GET. System endpoints are not limited, nor is what carries a hub's connection: its calls are. Every answer says in the `RateLimit` fields what is left. Refuses with LIMIT_EXCEEDED.
 */
export function callerRateLimit(rate: Rate): Policy {
  assertRate(rate, 'caller');
  return {
    name: 'caller-rate-limit',
    compile(endpoint, resolve) {
      if (endpoint.kind === 'system' || endpoint.kind === 'connection' || skipsLimiter(endpoint, name)) return undefined;
      const own = declaredLimit(endpoint, name, rate);
      const callers = own ? `caller ${endpoint.name}` : 'caller';
      const strangers = own ? `anonymous ${endpoint.name}` : 'anonymous';
      const count = resolve(RateLimiter).counter(own ?? rate);
      return limitStep(
        ({ caller, address }) => (caller.kind === 'anonymous' ? count(addressGroup(address), strangers) : count(caller.key, callers)),
        standardAnswers('caller', own ?? rate, true),
      );
    },
  };
}
