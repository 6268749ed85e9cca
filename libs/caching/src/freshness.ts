import type { OutgoingAnswer, RequestContext } from '@portico/core';
import type { CacheRule } from './cache-for.decorator.js';
import { addVary } from './vary.js';

/**
 * Says that an answer may be kept by nobody (`no-store`) when it is an authenticated caller's or degraded, and otherwise
 * that it has to be asked for anew each time (`no-cache`). What the operation itself says in `Cache-Control` stands.
 */
export function forbidKeeping(context: RequestContext, answer: OutgoingAnswer): void {
  if (answer.header('cache-control') !== undefined) return;
  const personal = context.caller.kind !== 'anonymous' || context.degraded !== undefined;
  answer.setHeader('cache-control', personal ? 'no-store' : 'no-cache');
}

/** Makes the function that tells clients and shared caches how long an answer is fresh, and for whom (RFC 9111 5.2.2). */
export function freshness(rule: CacheRule): (answer: OutgoingAnswer) => void {
  const byCaller = rule.by === 'caller';
  const cacheControl = `${byCaller ? 'private' : 'public'}, max-age=${Math.floor(rule.maxAgeMs / 1_000)}`;
  const names = byCaller ? ['authorization', ...rule.vary] : rule.vary;
  const joined = names.join(', ');
  return (answer) => {
    answer.setHeader('cache-control', cacheControl);
    addVary(answer, names, joined);
  };
}
