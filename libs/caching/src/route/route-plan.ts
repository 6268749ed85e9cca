import type { ForwardRequest, RequestContext } from '@portico/core';
import type { KeepingRule } from './keeping-rule.js';
import type { RouteCacheStore } from './route-cache-store.js';

/** What all requests to a route have in common. */
export interface RoutePlan {
  /** Name of the route. */
  readonly name: string;
  readonly region: string;
  readonly store: RouteCacheStore;
  readonly rule: KeepingRule;
  readonly keyOf: (context: RequestContext, request: ForwardRequest, bodyDigest: string) => string;
}
