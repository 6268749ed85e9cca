import { SetMetadata } from '@nestjs/common';
import type { Endpoint } from '@portico/core';

/** How the answers of an operation are kept. */
export interface CacheForOptions {
  /** How long an answer is kept and told to be fresh, in ms; the client is told whole seconds. */
  readonly maxAgeMs: number;
  /** Whose answer it is: each caller's own, or the same for everyone; `caller` by default. Scopes and claims are no part of the key: an answer that depends on them is not to be kept. */
  readonly by?: 'caller' | 'everyone' | undefined;
  /** Request header fields on which the answer depends, besides the caller. */
  readonly vary?: readonly string[] | undefined;
  /** Answer header fields of the operation that are kept, besides content-type, content-language, etag, last-modified and link. */
  readonly keepHeaders?: readonly string[] | undefined;
}

/** The declaration with its defaults, names in lower case. */
export interface CacheRule {
  readonly maxAgeMs: number;
  readonly by: 'caller' | 'everyone';
  readonly vary: readonly string[];
  readonly keepHeaders: readonly string[];
}

const ruleKey = 'portico:cache-for';
const fieldName = /^[a-z0-9-]+$/;
const alwaysKept = ['content-type', 'content-language', 'etag', 'last-modified', 'link'];

/**
 * Keeps the answers of a GET operation for `answerCache()`.
 * @throws TypeError for an age that is not above 0 or a name that is no header field
 */
export function CacheFor(options: CacheForOptions): MethodDecorator & ClassDecorator {
  const { maxAgeMs, by = 'caller' } = options;
  if (!Number.isFinite(maxAgeMs) || maxAgeMs <= 0) throw new TypeError('@CacheFor: maxAgeMs must be above 0');
  const keepHeaders = [...alwaysKept, ...names(options.keepHeaders)];
  if (keepHeaders.includes('set-cookie')) throw new TypeError('@CacheFor: a cookie is for one answer only');
  return SetMetadata<string, CacheRule>(ruleKey, Object.freeze({ maxAgeMs, by, vary: names(options.vary), keepHeaders }));
}

/** What `@CacheFor()` declares for `endpoint`. For use at start. */
export function declaredCacheRule(endpoint: Endpoint): CacheRule | undefined {
  return endpoint.declared<CacheRule>(ruleKey);
}

function names(given: readonly string[] = []): string[] {
  const lower = given.map((name) => name.toLowerCase());
  for (const name of lower) if (!fieldName.test(name)) throw new TypeError(`@CacheFor: not a header field: ${JSON.stringify(name)}`);
  return lower;
}
