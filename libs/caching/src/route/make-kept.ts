import type { HeaderList, ServiceAnswer } from '@portico/core';
import { keptFields } from './kept-fields.js';
import type { KeptHead } from './kept-route-answer.js';
import type { Verdict } from './keeping-rule.js';

/** Where an answer belongs. */
export interface Belonging {
  readonly region: string;
  readonly uri: string;
  readonly owner: string;
  readonly vary: readonly string[];
  readonly selection: string;
}

/** What is kept of the head of an answer. */
export function makeKeptHead(verdict: Verdict, belonging: Belonging, { status, headers }: ServiceAnswer, method: string, receivedAtMs: number): KeptHead {
  const { initialAgeMs, lifetimeMs, staleWhileRevalidateMs, staleIfErrorMs, forbidsStale, policy } = verdict;
  return {
    kind: 'answer',
    ...belonging,
    status,
    headers: keptFields(headers),
    headLength: method === 'HEAD' ? (headers.get('content-length') ?? '') : undefined,
    receivedAtMs,
    initialAgeMs,
    lifetimeMs,
    staleWhileRevalidateMs,
    staleIfErrorMs,
    forbidsStale,
    policy,
  };
}

/** Whether the body is announced to have more than `maxBytes`. */
export function isTooLarge(headers: HeaderList, maxBytes: number): boolean {
  return Number(headers.get('content-length') ?? 0) > maxBytes;
}
