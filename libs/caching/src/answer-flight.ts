import type { Cancellable, Clock, Deadline, PorticoError, RequestContext } from '@portico/core';

/** An answer that one request is computing while others with the same key wait for it. What they share is nothing that one of them could change. */
export class AnswerFlight<Shared = string> implements Cancellable {
  /** Called each time that someone begins to wait. */
  onJoined: (() => void) | undefined = undefined;
  readonly #deadline: Deadline;
  readonly #onLanded: () => void;
  #waiting: ((shared: Shared | undefined) => void)[] = [];
  #landed = false;

  /**
   * @param deadline until when the request that computes has time: after it nobody waits for it any more
   * @param onLanded called once, when the outcome is known
   */
  constructor(deadline: Deadline, onLanded: () => void) {
    this.#deadline = deadline;
    this.#onLanded = onLanded;
  }

  /** Whether it can still be waited for. */
  get open(): boolean {
    return !this.#landed && this.#deadline.remainingMs() > 0;
  }

  /** Whether anyone waits for it. */
  get awaited(): boolean {
    return this.#waiting.length > 0;
  }

  /** Hands what was stored to all who wait; undefined when there is nothing to share, and then each goes on by himself. Only the first call counts. */
  land(shared: Shared | undefined): void {
    if (this.#landed) return;
    this.#landed = true;
    this.#onLanded();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake(shared);
  }

  cancel(): void {
    this.land(undefined);
  }

  /** Waits for the outcome, at most until the nearer of the two deadlines; undefined when there is nothing to share. Rejects when `context` is cancelled. */
  join(context: RequestContext, clock: Clock): Promise<Shared | undefined> {
    return new Promise((resolve, reject) => {
      const done = (shared: Shared | undefined) => {
        timer.cancel();
        context.cancellation.delete(member);
        resolve(shared);
      };
      const timer = clock.schedule(() => done(undefined), Math.min(this.#deadline.remainingMs(), context.deadline.remainingMs()));
      const member: Cancellable = {
        cancel: (reason: PorticoError) => {
          timer.cancel();
          reject(reason);
        },
      };
      this.#waiting.push(done);
      context.cancellation.add(member);
      this.onJoined?.();
    });
  }
}
