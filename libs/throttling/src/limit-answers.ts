import { PorticoError, type RequestContext } from '@portico/core';
import type { Rate } from './rate.js';
import type { ThrottlerRecord } from './counting-storage.js';

/** What a limit says to clients. */
export interface LimitAnswers {
  /** Says on the answer of a request that is let through what is left. */
  readonly admit?: ((context: RequestContext, record: ThrottlerRecord) => void) | undefined;
  /** Throws the refusal, or makes it the ready answer. */
  readonly refuse: (context: RequestContext, record: ThrottlerRecord) => void;
}

/** Answers that also give the header fields of a refusal. */
export interface StandardAnswers extends LimitAnswers {
  readonly refused: (context: RequestContext, record: ThrottlerRecord) => Record<string, string>;
}

/** What is counted, for the fields that tell it. */
export type ShownRate = Pick<Rate, 'limit' | 'windowMs'>;

/**
 * Problems with LIMIT_EXCEEDED, `Retry-After` and the two fields of draft-ietf-httpapi-ratelimit-headers, in whole seconds.
 * @param shownAs name of the limit in the fields
 * @param announce whether an answer that is let through says what is left, too
 */
export function standardAnswers(shownAs: string, { limit, windowMs }: ShownRate, announce: boolean): StandardAnswers {
  const policy = `"${shownAs}";q=${limit};w=${Math.max(1, Math.ceil(windowMs / 1_000))}`;
  const remaining = `"${shownAs}";r=`;
  const refused = (context: RequestContext, record: ThrottlerRecord): Record<string, string> => {
    const wait = retryAfter(record);
    const exhausted = `${remaining}0;t=${wait}`;
    // What another limit announced replaces the fields of the refusal on the way out.
    if (announcedBefore(context, 'ratelimit-policy', policy)) announcedBefore(context, 'ratelimit', exhausted);
    return { 'retry-after': wait, 'ratelimit-policy': policy, ratelimit: exhausted };
  };
  return {
    admit: announce
      ? (context, { totalHits, timeToExpire }) => {
          const left = limit - totalHits;
          addToList(context, 'ratelimit-policy', policy);
          addToList(context, 'ratelimit', remaining + (left > 0 ? left : 0) + ';t=' + timeToExpire);
        }
      : undefined,
    refuse(context, record) {
      throw new PorticoError('LIMIT_EXCEEDED', { headers: refused(context, record) });
    },
    refused,
  };
}

// Both fields are lists (RFC 9651): an endpoint may have a limit besides that of the gateway, and a quota besides both.
function addToList(context: RequestContext, name: string, item: string): void {
  if (!announcedBefore(context, name, item)) context.setAnswerHeader(name, item);
}

// Adds an item to a field that the answer has already; false when it has none.
function announcedBefore({ answerHeaders }: RequestContext, name: string, item: string): boolean {
  const present = answerHeaders?.find((field) => field[0] === name);
  if (present) present[1] += `, ${item}`;
  return present !== undefined;
}

/** `Retry-After` of a refusal, in whole seconds. */
export function retryAfter({ timeToBlockExpire }: ThrottlerRecord): string {
  return String(timeToBlockExpire > 1 ? Math.ceil(timeToBlockExpire) : 1);
}
