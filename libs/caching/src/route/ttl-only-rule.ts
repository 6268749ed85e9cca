import type { ForwardRequest, ServiceAnswer } from '@portico/core';
import { isEndless, type KeepingRule, type Verdict } from './keeping-rule.js';
import type { RouteCacheOptions } from './route-cache.options.js';

// What they say is meant for one request and its conditions.
const partial = new Set([206, 304, 412, 416]);

/** Keeps every answer of the service for `ttlMs`, whatever its header fields say; always for its owner only. */
export class TtlOnlyRule implements KeepingRule {
  readonly obeysFields = false;
  readonly #kept: Verdict;

  constructor({ ttlMs, staleWhileRevalidateMs, staleIfErrorMs }: RouteCacheOptions) {
    this.#kept = {
      shared: false,
      vary: [],
      initialAgeMs: 0,
      lifetimeMs: ttlMs,
      staleWhileRevalidateMs,
      staleIfErrorMs,
      forbidsStale: false,
      policy: undefined,
      keepMs: ttlMs + Math.max(staleWhileRevalidateMs, staleIfErrorMs),
    };
  }

  judge(_request: ForwardRequest, { status, headers }: ServiceAnswer): Verdict | undefined {
    return status < 200 || partial.has(status) || isEndless(headers) ? undefined : this.#kept;
  }
}
