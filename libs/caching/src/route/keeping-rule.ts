import type CachePolicy from 'http-cache-semantics';
import type { ForwardRequest, HeaderList, ServiceAnswer } from '@portico/core';

/** That an answer may be kept, and how. */
export interface Verdict {
  /** Whether it may be given to everyone, and not only to its owner. */
  readonly shared: boolean;
  /** Request header fields on which it depends. */
  readonly vary: readonly string[];
  readonly initialAgeMs: number;
  readonly lifetimeMs: number;
  readonly staleWhileRevalidateMs: number;
  readonly staleIfErrorMs: number;
  readonly forbidsStale: boolean;
  readonly policy: CachePolicy.CachePolicyObject | undefined;
  /** How long it is of use, in ms from now. */
  readonly keepMs: number;
}

/** Decides which answers are kept. */
export interface KeepingRule {
  /** Whether directives of the client and validators of the service count. */
  readonly obeysFields: boolean;
  /** @param delayMs time from sending the request to the head of the answer. Undefined for an answer that is not to be kept. */
  judge(request: ForwardRequest, answer: ServiceAnswer, delayMs: number): Verdict | undefined;
}

/** Whether the body is one that has no end: waiting for it would help nobody. */
export function isEndless(headers: HeaderList): boolean {
  return headers.get('content-type')?.toLowerCase().startsWith('text/event-stream') ?? false;
}
