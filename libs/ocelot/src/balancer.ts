import { compact, type JsonObject } from './json.js';
import type { ImportContext } from './import-context.js';
import { optionsFor } from './scoped-section.js';
import type { Section } from './section.js';

/** The balancer of a route, `first` where Ocelot balances nothing. */
export function balancerOf(route: Section | undefined, { global, findings }: ImportContext): JsonObject {
  const options = optionsFor(route, global, 'LoadBalancerOptions');
  const type = options.text('Type');
  switch (type?.value.toLowerCase()) {
    case undefined:
    case 'noloadbalancer':
      return { first: {} };
    case 'roundrobin':
      return { 'round-robin': {} };
    case 'leastconnection':
      return { 'least-request': {} };
    case 'cookiestickysessions': {
      const expiry = options.number('Expiry');
      if (expiry && expiry.value <= 0) findings.fault(expiry.path, 'bad-balancer-expiry', 'Expiry must be above 0');
      return { 'session-affinity': compact({ cookie: options.text('Key')?.value ?? '.AspNetCore.Session', expiryMs: expiry?.value ?? 1_200_000 }) };
    }
    default:
      // Ocelot would start, and answer 500.
      findings.fault(type?.path ?? '', 'unknown-balancer', `there is no balancer for ${type?.value}; known are NoLoadBalancer, RoundRobin, LeastConnection and CookieStickySessions`);
      return { first: {} };
  }
}
