import type { Cancellation, RequestContext } from '@portico/core';

/** For whom a call is made, and until when it is of use. */
export interface Ask {
  readonly context: RequestContext;
  /** Monotonic moment (`clock.now()`) by which the answer is needed. */
  readonly dueAt: number;
  /** Gives the call up. */
  readonly cancellation: Cancellation;
}
