import type { Policy } from '@portico/core';
import { AnswerCache } from './answer-cache.js';
import { declaredCacheRule } from './cache-for.decorator.js';
import { CachedOperation } from './cached-operation.js';
import { forbidKeeping } from './freshness.js';

/**
 * Keeps whole answers of operations with `@CacheFor()`, and says in `Cache-Control` of every operation who may keep them.
 * Stands after authorize in the inbound section, for a kept answer passes nothing after it; and before `conditional()` in the outbound section.
 *
 * - Looked up for GET and HEAD, kept for GET: answers with status 200 and a text body that are complete (not degraded), set no cookie,
 *   say nothing of their own in `Cache-Control`, and vary by declared header fields only.
 * - While one request computes an answer, others with the same key wait for it, at most as long as their deadline and its deadline allow.
 *   When it fails, is degraded or its client leaves, each of them computes for itself.
 * - Fresh answers carry `private, max-age` (and vary by Authorization), or `public, max-age` when they are everyone's; a kept one its `Age`.
 *   Of other answers, those of authenticated callers and degraded ones carry `no-store`, the rest `no-cache`.
 * - A client's own `Cache-Control` is not obeyed: it could switch off the protection of the services.
 *
 * Throws at start when `@CacheFor()` stands on an operation that is not GET.
 */
export function answerCache(): Policy {
  return {
    name: 'answer-cache',
    compile(endpoint, resolve) {
      if (endpoint.kind !== 'operation') return undefined;
      const rule = declaredCacheRule(endpoint);
      if (!rule) return { outbound: forbidKeeping };
      if (endpoint.method !== 'GET' && endpoint.method !== 'HEAD') throw new TypeError(`${endpoint.name}: @CacheFor() is for GET only`);
      return new CachedOperation(endpoint, rule, resolve(AnswerCache));
    },
  };
}
