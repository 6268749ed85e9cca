import { PorticoError, type PolicySteps, type RequestContext } from '@portico/core';
import type { RateLimit } from './rate-limit.js';
import type { CountHit } from './rate-limiter.js';
import type { ThrottlerRecord } from './synchronous-throttler-storage.js';

export interface LimitStepOptions {
  /** Name in the `RateLimit` fields. */
  readonly shownAs: string;
  readonly rate: RateLimit;
  /** Whether an answer that is let through says what is left, too. */
  readonly announce: boolean;
  /** Counts the hit of a request under its key. */
  readonly count: (context: RequestContext) => ReturnType<CountHit>;
}

/**
 * The inbound step of a limit. Refuses with LIMIT_EXCEEDED, `Retry-After` and the two `RateLimit` fields
 * of draft-ietf-httpapi-ratelimit-headers, in whole seconds.
 */
export function limitStep({ shownAs, rate, announce, count }: LimitStepOptions): PolicySteps {
  const { limit } = rate;
  const policy = `"${shownAs}";q=${limit};w=${Math.max(1, Math.ceil(rate.windowMs / 1_000))}`;
  const remaining = `"${shownAs}";r=`;

  const judge = (context: RequestContext, record: ThrottlerRecord | undefined): void => {
    if (record === undefined) return;
    if (record.isBlocked) throw refusal(record.timeToBlockExpire);
    if (!announce) return;
    const left = limit - record.totalHits;
    context.setAnswerHeader('ratelimit-policy', policy);
    context.setAnswerHeader('ratelimit', remaining + (left > 0 ? left : 0) + ';t=' + record.timeToExpire);
  };
  const refusal = (waitS: number): PorticoError => {
    const wait = String(waitS > 1 ? Math.ceil(waitS) : 1);
    return new PorticoError('LIMIT_EXCEEDED', { headers: { 'retry-after': wait, 'ratelimit-policy': policy, ratelimit: `${remaining}0;t=${wait}` } });
  };

  return {
    inbound(context) {
      const record = count(context);
      return record instanceof Promise ? record.then((counted) => judge(context, counted)) : judge(context, record);
    },
  };
}
