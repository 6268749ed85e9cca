import type { Cancellation } from '@portico/core';

/** One service call on its way through the stack; made once per call by the caller of the stack. */
export interface Execution<Call = unknown> {
  /** What the innermost work sends. The strategies do not look into it. */
  readonly call: Call;
  /** Monotonic moment (`clock.now()`) by which the result is needed. `Infinity` when nobody waits for it. */
  dueAt: number;
  /** Whether the call may be sent more than once: idempotent by RFC 9110 section 9.2.2, or declared so. */
  readonly repeatable: boolean;
  /** Gives up this execution. */
  readonly cancellation: Cancellation;
  /** 1 for the first attempt. */
  attempt: number;
  /** The same call as an attempt of its own: it can be given up alone, and is given up with this one. Ended by `release()`. */
  fork(attempt: number): Execution<Call>;
  /** Takes a finished fork off its parent's cancellation; does nothing to what is no fork. */
  release(): void;
}

/** What a strategy wraps: the next strategy, or at last the call itself. */
export type Work<Call, T> = (execution: Execution<Call>) => Promise<T>;
