import { HeaderList, type ServiceAnswer } from '@portico/core';
import { addCacheStatus, remainingSeconds } from './cache-status.js';
import { clientHasIt, type ClientCondition } from './client-condition.js';
import type { KeptHead, KeptRouteAnswer } from './kept-route-answer.js';
import { ageOf } from './kept-use.js';

/** What is asked for of a kept answer. */
export interface Giving {
  readonly epochMs: number;
  /** Parameters of `Cache-Status` besides the time left, as `hit`. */
  readonly status: string;
  /** Whether only the head is wanted. */
  readonly headOnly: boolean;
  readonly condition: ClientCondition | undefined;
}

const empty = Buffer.alloc(0);
const withoutBody = new Set([204, 205, 304]);
const bodyFields = ['content-type', 'content-length', 'content-encoding', 'content-language', 'content-range'];

/** Makes an answer of a kept one: its own header fields, with `age` and `cache-status`, and its own bytes. */
export function giveKept(kept: KeptRouteAnswer, { epochMs, status, headOnly, condition }: Giving): ServiceAnswer {
  const headers = new HeaderList(kept.headers);
  const length = lengthOf(kept);
  if (length !== undefined) headers.append('content-length', length);
  headers.append('age', String(Math.floor(ageOf(kept, epochMs) / 1_000)));
  addCacheStatus(headers, `${status}; ttl=${remainingSeconds(kept, epochMs)}`);
  const answer = { status: kept.status, headers, body: empty };
  if (isHeld(answer, condition)) return withheld(answer);
  // A copy: whoever changes his bytes changes nobody else's.
  return headOnly ? answer : { ...answer, body: Buffer.from(kept.body) };
}

/** Whether the client already has `answer`, a 200, in its own cache. */
export function isHeld({ status, headers }: Omit<ServiceAnswer, 'body'>, condition: ClientCondition | undefined): boolean {
  return condition !== undefined && status === 200 && clientHasIt(condition, headers);
}

/** The 304 in place of an answer that the client already has. */
export function withheld({ headers }: Omit<ServiceAnswer, 'body'>): ServiceAnswer {
  for (const name of bodyFields) headers.delete(name);
  return { status: 304, headers, body: empty };
}

function lengthOf({ status, body, headLength }: KeptHead & { readonly body: Buffer }): string | undefined {
  if (headLength !== undefined) return headLength === '' ? undefined : headLength;
  return withoutBody.has(status) ? undefined : String(body.length);
}
