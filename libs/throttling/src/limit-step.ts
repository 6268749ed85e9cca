import type { PolicySteps, RequestContext } from '@portico/core';
import type { LimitAnswers } from './limit-answers.js';
import type { CountHit } from './rate-limiter.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** Counts the hit of a request under its key; undefined when it is not to be counted. */
export type CountRequest = (context: RequestContext) => ReturnType<CountHit>;

/** The inbound step of a limit: counts a request and says what came of it. */
export function limitStep(count: CountRequest, { admit, refuse }: LimitAnswers): PolicySteps {
  const judge = (context: RequestContext, record: ThrottlerRecord | undefined): void => {
    if (record === undefined) return;
    if (record.isBlocked) refuse(context, record);
    else admit?.(context, record);
  };
  return {
    inbound(context) {
      const record = count(context);
      return record instanceof Promise ? record.then((counted) => judge(context, counted)) : judge(context, record);
    },
  };
}
