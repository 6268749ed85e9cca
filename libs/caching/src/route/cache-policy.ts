import CachePolicy from 'http-cache-semantics';
import type { Clock, HeaderList } from '@portico/core';
import { secondsOf, type CacheDirectives } from './cache-directives.js';

/** Makes and reads the library's policies, by the injected clock. */
export interface CachePolicies {
  /** The policy of an answer just received. */
  of(request: CachePolicy.HttpRequest, response: CachePolicy.HttpResponse): CachePolicy;
  /** A kept one. */
  from(plain: CachePolicy.CachePolicyObject): CachePolicy;
}

// Nothing is guessed from Last-Modified or `immutable`: how long an answer is fresh is said by the service or by the configuration.
const options: CachePolicy.Options = { shared: true, cacheHeuristic: 0, immutableMinTimeToLive: 0 };

/** Policies of a shared cache whose time is that of `clock`. */
export function cachePolicies(clock: Clock): CachePolicies {
  class ClockedPolicy extends CachePolicy {
    now(): number {
      return clock.epochMs();
    }
  }
  return {
    of: (request, response) => new ClockedPolicy(request, response, options),
    from: (plain) => ClockedPolicy.fromObject(plain) as ClockedPolicy,
  };
}

const passedOn = ['no-store', 'no-cache', 'private', 'public'];

/** `Cache-Control` of an answer as the library reads it right. It takes must-revalidate for "always ask", so that is left to us. */
export function answerDirectives(directives: CacheDirectives, further: Readonly<Record<string, number>> = {}): string {
  const parts = passedOn.filter((name) => directives.has(name));
  for (const name of ['s-maxage', 'max-age']) {
    const seconds = secondsOf(directives, name);
    if (seconds !== undefined) parts.push(`${name}=${seconds}`);
  }
  for (const [name, seconds] of Object.entries(further)) parts.push(`${name}=${seconds}`);
  return parts.join(', ');
}

/** The header fields of an answer that the library needs, with `cacheControl` and `ageMs` in place of its own. */
export function answerFields(headers: HeaderList, cacheControl: string, ageMs: number): Record<string, string> {
  const fields: Record<string, string> = { age: String(Math.round(ageMs / 1_000)) };
  if (cacheControl !== '') fields['cache-control'] = cacheControl;
  for (const name of ['date', 'expires', 'etag', 'last-modified', 'vary', 'pragma']) {
    const value = headers.get(name);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}
