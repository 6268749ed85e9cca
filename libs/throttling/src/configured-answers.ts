import { PorticoError, type Clock, type RequestContext } from '@portico/core';
import { retryAfter, standardAnswers, type LimitAnswers } from './limit-answers.js';
import type { RateLimitOptions } from './rate-limit.options.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** What the section of a route asks for. */
export function configuredAnswers(shownAs: string, options: RateLimitOptions, clock: Clock): LimitAnswers {
  const { headers, status, message } = options;
  const standard = standardAnswers(shownAs, options, headers === 'standard');
  const admit = headers === 'legacy' ? legacyAdmission(options, clock) : standard.admit;
  const refused = headers === 'standard' ? standard.refused : headers === 'legacy' ? (_: RequestContext, record: ThrottlerRecord) => ({ 'retry-after': retryAfter(record) }) : () => ({});
  if (message === '') {
    return {
      admit,
      refuse(context, record) {
        throw new PorticoError('LIMIT_EXCEEDED', { status, headers: refused(context, record) });
      },
    };
  }
  const body = message.replaceAll('{0}', String(options.limit)).replaceAll('{1}', period(options.windowMs));
  return {
    admit,
    refuse(context, record) {
      context.ready = { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...refused(context, record) }, body };
    },
  };
}

function legacyAdmission({ limit }: RateLimitOptions, clock: Clock): LimitAnswers['admit'] {
  const shown = String(limit);
  return (context, { totalHits, timeToExpire }) => {
    context.setAnswerHeader('x-ratelimit-limit', shown);
    context.setAnswerHeader('x-ratelimit-remaining', String(Math.max(0, limit - totalHits)));
    context.setAnswerHeader('x-ratelimit-reset', new Date(clock.epochMs() + timeToExpire * 1_000).toISOString());
  };
}

const units: readonly (readonly [string, number])[] = [['d', 86_400_000], ['h', 3_600_000], ['m', 60_000], ['s', 1_000]];

/** A duration in the largest unit that needs no fraction. */
function period(ms: number): string {
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}
