import type { Cancellable, Clock, Deadline, PorticoError, RequestContext } from '@portico/core';

/** An answer that one request is computing while others with the same key wait for it. */
export class AnswerFlight implements Cancellable {
  readonly #deadline: Deadline;
  readonly #onLanded: () => void;
  #waiting: ((text: string | undefined) => void)[] = [];
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

  /** Hands the stored text to all who wait; undefined when there is none to share, and then each goes on by himself. Only the first call counts. */
  land(text: string | undefined): void {
    if (this.#landed) return;
    this.#landed = true;
    this.#onLanded();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake(text);
  }

  cancel(): void {
    this.land(undefined);
  }

  /** Waits for the outcome, at most until the nearer of the two deadlines; undefined when there is nothing to share. Rejects when `context` is cancelled. */
  join(context: RequestContext, clock: Clock): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const done = (text: string | undefined) => {
        timer.cancel();
        context.cancellation.delete(member);
        resolve(text);
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
    });
  }
}
