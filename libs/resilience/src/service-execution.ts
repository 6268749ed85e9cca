import { Cancellation } from '@portico/core';
import type { Execution } from './execution.js';

/** What the caller of a stack knows about one call besides the call itself. */
export interface ExecutionFacts {
  /** Monotonic moment (`clock.now()`) by which the result is needed. */
  readonly dueAt: number;
  /** Whether the call may be sent more than once. */
  readonly repeatable: boolean;
  /** Gives up the call; usually the request's own. Never cancelled by the stack. */
  readonly cancellation: Cancellation;
}

/** The execution that a caller hands to a composed stack. */
export class ServiceExecution<Call = unknown> implements Execution<Call> {
  readonly call: Call;
  readonly repeatable: boolean;
  readonly cancellation: Cancellation;
  dueAt: number;
  attempt = 1;
  #parent: Cancellation | undefined = undefined;

  constructor(call: Call, facts: ExecutionFacts) {
    this.call = call;
    this.repeatable = facts.repeatable;
    this.cancellation = facts.cancellation;
    this.dueAt = facts.dueAt;
  }

  fork(attempt: number): ServiceExecution<Call> {
    const fork = new ServiceExecution(this.call, { dueAt: this.dueAt, repeatable: this.repeatable, cancellation: new Cancellation() });
    fork.attempt = attempt;
    fork.#parent = this.cancellation;
    this.cancellation.add(fork.cancellation);
    return fork;
  }

  release(): void {
    this.#parent?.delete(this.cancellation);
  }
}
