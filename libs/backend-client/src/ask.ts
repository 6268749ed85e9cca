import type { CallSpan, Cancellation, RequestContext } from '@portico/core';

/** For whom a call is made, and until when it is of use. */
export interface Ask {
  readonly context: RequestContext;
  /** Monotonic moment (`clock.now()`) by which the answer is needed. */
  readonly dueAt: number;
  /** Gives the call up. */
  readonly cancellation: Cancellation;
  /** What the call hangs under in the trace; undefined: the request's own span. */
  readonly span?: CallSpan | undefined;
}
