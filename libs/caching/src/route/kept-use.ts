import type { HeaderList } from '@portico/core';
import type { CachePolicies } from './cache-policy.js';
import type { ClientWishes } from './client-wishes.js';
import type { KeptHead } from './kept-route-answer.js';
import { selectedFields } from './selection.js';

/** What a kept answer is good for: to be given as it is, to be given while it is fetched anew, or only once the service says that it holds. */
export type KeptUse = 'fresh' | 'refresh' | 'validate';

/** Age of a kept answer, in ms (RFC 9111 4.2.3). */
export function ageOf(kept: KeptHead, epochMs: number): number {
  return kept.initialAgeMs + Math.max(0, epochMs - kept.receivedAtMs);
}

/** What `kept` is good for now, for a request with `headers` and `wishes`. */
export function useOf(kept: KeptHead, headers: HeaderList, wishes: ClientWishes, policies: CachePolicies, epochMs: number): KeptUse {
  if (wishes.directives && kept.policy) return judgedUse(kept, kept.policy, headers, wishes.directives, policies);
  const ageMs = ageOf(kept, epochMs);
  if (ageMs < kept.lifetimeMs) return 'fresh';
  return ageMs < kept.lifetimeMs + kept.staleWhileRevalidateMs ? 'refresh' : 'validate';
}

/** Whether `kept` may stand in for a failed call (RFC 5861 4). */
export function standsIn(kept: KeptHead, epochMs: number): boolean {
  return kept.status < 500 && ageOf(kept, epochMs) < kept.lifetimeMs + kept.staleIfErrorMs;
}

function judgedUse(kept: KeptHead, policy: NonNullable<KeptHead['policy']>, headers: HeaderList, directives: ReadonlyMap<string, string>, policies: CachePolicies): KeptUse {
  // What the service forbids, no client allows.
  const counted = [...directives].filter(([name]) => name !== 'max-stale' || !kept.forbidsStale);
  const cacheControl = counted.map(([name, value]) => (value === '' ? name : `${name}=${value}`)).join(', ');
  const { response, revalidation } = policies.from(policy).evaluateRequest({ method: 'GET', headers: { ...selectedFields(headers, kept.vary), 'cache-control': cacheControl } });
  if (!response) return 'validate';
  return revalidation ? 'refresh' : 'fresh';
}
