import type { ForwardRequest, HeaderList, ServiceAnswer } from '@portico/core';
import { readCacheDirectives, secondsOf, type CacheDirectives } from './cache-directives.js';
import { answerDirectives, answerFields, type CachePolicies } from './cache-policy.js';
import { isEndless, type KeepingRule, type Verdict } from './keeping-rule.js';
import type { RouteCacheOptions } from './route-cache.options.js';
import { selectedFields, varyNames } from './selection.js';

// How long a stale answer with a validator waits for being asked for again.
const revalidatableMs = 3_600_000;

/**
 * Keeps what a shared cache may keep (RFC 9111 3), for as long as the service says. Stricter than it must be: an answer that sets
 * a cookie is not kept, and one is for everyone only when it says `public` or `s-maxage`.
 */
export class Rfc9111Rule implements KeepingRule {
  readonly obeysFields = true;
  readonly #options: RouteCacheOptions;
  readonly #policies: CachePolicies;

  constructor(options: RouteCacheOptions, policies: CachePolicies) {
    this.#options = options;
    this.#policies = policies;
  }

  judge({ headers: asked }: ForwardRequest, { status, headers }: ServiceAnswer, delayMs: number): Verdict | undefined {
    const vary = varyNames(headers.get('vary'));
    if (!vary || headers.has('set-cookie') || isEndless(headers)) return undefined;
    const directives = readCacheDirectives(headers.get('cache-control'));
    const silent = saysNothing(directives, headers);
    if (silent && directives.size === 0 && this.#options.ttlMs === 0) return undefined;

    const request = { method: 'GET', headers: { ...selectedFields(asked, [...vary, 'authorization']) } };
    const initialAgeMs = Math.max(0, Number.parseInt(headers.get('age') ?? '', 10) || 0) * 1_000 + delayMs;
    const strict = this.#policies.of(request, { status, headers: answerFields(headers, answerDirectives(directives), initialAgeMs) });
    if (!strict.storable()) return undefined;

    const lifetimeMs = silent ? this.#options.ttlMs : strict.maxAge() * 1_000;
    const stale = staleWindows(directives, this.#options);
    const keepMs = Math.max(0, lifetimeMs - initialAgeMs) + Math.max(stale.whileRevalidateMs, stale.ifErrorMs, hasValidator(headers) ? revalidatableMs : 0);
    if (keepMs <= 0) return undefined;
    const further = { ...(silent && { 'max-age': Math.floor(lifetimeMs / 1_000) }), 'stale-while-revalidate': Math.floor(stale.whileRevalidateMs / 1_000) };
    return {
      shared: directives.has('public') || directives.has('s-maxage'),
      vary,
      initialAgeMs,
      lifetimeMs,
      staleWhileRevalidateMs: stale.whileRevalidateMs,
      staleIfErrorMs: stale.ifErrorMs,
      forbidsStale: stale.forbidden,
      policy: this.#policies.of(request, { status, headers: answerFields(headers, answerDirectives(directives, further), initialAgeMs) }).toObject(),
      keepMs,
    };
  }
}

function saysNothing(directives: CacheDirectives, headers: HeaderList): boolean {
  for (const name of ['max-age', 's-maxage', 'no-cache']) if (directives.has(name)) return false;
  return !headers.has('expires') && !headers.get('pragma')?.includes('no-cache');
}

// RFC 9111 4.2.4: these forbid it. RFC 5861: what the service itself allows goes before the configuration, also beside s-maxage, as everyone writes it.
function staleWindows(directives: CacheDirectives, options: RouteCacheOptions): { forbidden: boolean; whileRevalidateMs: number; ifErrorMs: number } {
  if (directives.has('must-revalidate') || directives.has('proxy-revalidate') || directives.has('no-cache')) return { forbidden: true, whileRevalidateMs: 0, ifErrorMs: 0 };
  const forbidden = directives.has('s-maxage');
  const windowMs = (name: string, configuredMs: number) => {
    const seconds = secondsOf(directives, name);
    if (seconds !== undefined) return seconds * 1_000;
    return forbidden ? 0 : configuredMs;
  };
  return {
    forbidden,
    whileRevalidateMs: windowMs('stale-while-revalidate', options.staleWhileRevalidateMs),
    ifErrorMs: windowMs('stale-if-error', options.staleIfErrorMs),
  };
}

function hasValidator(headers: HeaderList): boolean {
  return headers.has('etag') || headers.has('last-modified');
}
