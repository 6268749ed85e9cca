import { AccessOptions } from '@portico/auth';
import type { AddressFilterOptions } from '@portico/throttling';
import type { PolicyLists } from './gateway-file.js';

/** What of a route or an aggregate decides who gets through. */
export interface Guarded {
  readonly access?: AccessOptions | undefined;
  readonly addresses?: AddressFilterOptions | undefined;
  readonly policies?: PolicyLists | undefined;
}

/**
 * What of `route` may refuse callers that `aggregate` lets through; undefined when nothing can. In doubt it is named:
 * - `access`: a route that wants an API key refuses whoever has none. An anonymous route refuses nobody. Otherwise the aggregate must not be anonymous, every caller with the scopes that it asks for must have those of the route,
 *   its issuers must be among those of the route, and it serves clients only where the route does.
 * - `addresses`: the same section.
 * - `policies.inbound`: each policy that the route has there itself must also stand there in the aggregate, with the same options; and where the gateway has such policies
 *   and they run for the route, then for the aggregate too.
 */
export function widerAccess(aggregate: Guarded, route: Guarded, gateway: PolicyLists | undefined): 'access' | 'addresses' | 'policies.inbound' | undefined {
  if (!accessCovers(aggregate.access ?? new AccessOptions(), route.access ?? new AccessOptions())) return 'access';
  if (route.addresses && JSON.stringify(route.addresses) !== JSON.stringify(aggregate.addresses)) return 'addresses';
  return policiesCover(aggregate.policies?.inbound, route.policies?.inbound, gateway?.inbound) ? undefined : 'policies.inbound';
}

function accessCovers(own: AccessOptions, needed: AccessOptions): boolean {
  if (needed.apiKey && !own.apiKey) return false;
  if (needed.anonymous) return true;
  if (own.anonymous || (own.clients && !needed.clients)) return false;
  if (needed.issuers.length > 0 && (own.issuers.length === 0 || own.issuers.some((issuer) => !needed.issuers.includes(issuer)))) return false;
  if (needed.scopes.length === 0) return true;
  // What a caller has at least who got through.
  const held: readonly (readonly string[])[] = own.anyScope && own.scopes.length > 0 ? own.scopes.map((scope) => [scope]) : [own.scopes];
  return held.every((scopes) => (needed.anyScope ? needed.scopes.some((scope) => scopes.includes(scope)) : needed.scopes.every((scope) => scopes.includes(scope))));
}

function policiesCover(own: PolicyLists['inbound'], needed: PolicyLists['inbound'], gateway: PolicyLists['inbound']): boolean {
  const runsGateways = (list: PolicyLists['inbound']): boolean => list === undefined || list.includes('base');
  if ((gateway?.length ?? 0) > 0 && runsGateways(needed) && !runsGateways(own)) return false;
  const there = new Set((own ?? []).map((entry) => JSON.stringify(entry)));
  return (needed ?? []).every((entry) => entry === 'base' || there.has(JSON.stringify(entry)));
}
