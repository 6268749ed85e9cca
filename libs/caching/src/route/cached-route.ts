import type { Endpoint, ForwardRequest, PolicySteps, RequestContext, ServiceAnswer } from '@portico/core';
import { addCacheStatus } from './cache-status.js';
import { outdatedUrls } from './outdated-urls.js';
import { Rfc9111Rule } from './rfc9111-rule.js';
import type { RouteCacheOptions } from './route-cache.options.js';
import type { RouteCacheStore } from './route-cache-store.js';
import { routeKey } from './route-key.js';
import type { RoutePlan } from './route-plan.js';
import { RouteVisit } from './route-visit.js';
import { TtlOnlyRule } from './ttl-only-rule.js';

type Next = () => Promise<ServiceAnswer>;

// RFC 9110 9.2.1 and the registry of methods.
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PROPFIND', 'REPORT', 'SEARCH']);

// What they ask for is not the answer that is kept.
const passingBy = ['range', 'if-range', 'if-match', 'if-unmodified-since', 'upgrade'];

/** The steps of `routeCache()` for one route. */
export class CachedRoute implements PolicySteps {
  readonly #plan: RoutePlan;
  readonly #methods: ReadonlySet<string>;

  constructor(endpoint: Endpoint, options: RouteCacheOptions, store: RouteCacheStore) {
    const region = options.region === '' ? endpoint.name : options.region;
    this.#methods = new Set(options.methods);
    this.#plan = {
      name: endpoint.name,
      region,
      store,
      rule: options.honour === 'ttl-only' ? new TtlOnlyRule(options) : new Rfc9111Rule(options, store.policies),
      keyOf: routeKey(endpoint, region, options),
    };
  }

  backend = (context: RequestContext, request: ForwardRequest, next: Next): Promise<ServiceAnswer> => {
    if (!this.#methods.has(request.method)) return this.#changed(request, next);
    if (passesBy(request)) return passBy(next);
    return new RouteVisit(this.#plan, context, request, next).answer();
  };

  async #changed(request: ForwardRequest, next: Next): Promise<ServiceAnswer> {
    const { method, service, path, query } = request;
    const answer = await next();
    addCacheStatus(answer.headers, 'fwd=method');
    const { store, rule } = this.#plan;
    if (!rule.obeysFields || safeMethods.has(method) || answer.status < 200 || answer.status >= 400) return answer;
    // The answer waits for it: whoever reads on after it must not read what was there before.
    await Promise.allSettled(outdatedUrls(path, query, answer.headers).map((url) => store.purgeUrl(service, url)));
    return answer;
  }
}

function passesBy({ method, headers }: ForwardRequest): boolean {
  if (passingBy.some((name) => headers.has(name))) return true;
  return method !== 'GET' && method !== 'HEAD' && (headers.has('if-none-match') || headers.has('if-modified-since'));
}

async function passBy(next: Next): Promise<ServiceAnswer> {
  const answer = await next();
  addCacheStatus(answer.headers, 'fwd=bypass');
  return answer;
}
