import { PorticoError, type Cancellable, type Clock, type Timer } from '@portico/core';
import type { Execution, Work } from './execution.js';

/** What a hedged call asks and tells its strategy. */
export interface HedgeOwner {
  /** Takes a second attempt from the budget. */
  mayHedge(): boolean;
  /** Whichever attempt won, the first one had been under way for so long. */
  observed(durationMs: number): void;
}

/** Two rival attempts at one call, the second one started late. Settles with the first success, or with the last failure. */
export class HedgedCall<Call, T> implements Cancellable {
  readonly #execution: Execution<Call>;
  readonly #next: Work<Call, T>;
  readonly #owner: HedgeOwner;
  readonly #clock: Clock;
  readonly #running = new Set<Execution<Call>>();
  readonly #startedAt: number;
  #resolve!: (value: T) => void;
  #reject!: (reason: unknown) => void;
  #timer: Timer | undefined = undefined;

  constructor(execution: Execution<Call>, next: Work<Call, T>, owner: HedgeOwner, clock: Clock) {
    this.#execution = execution;
    this.#next = next;
    this.#owner = owner;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** @param delayMs when the second attempt starts; undefined for never. */
  start(delayMs: number | undefined): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      this.#execution.cancellation.add(this);
      if (delayMs !== undefined && this.#startedAt + delayMs < this.#execution.dueAt) {
        this.#timer = this.#clock.schedule(() => this.#hedge(), delayMs);
      }
      this.#run(this.#execution.attempt);
    });
  }

  cancel(reason: PorticoError): void {
    this.#timer?.cancel();
    this.#reject(reason);
  }

  #hedge(): void {
    if (this.#owner.mayHedge()) this.#run(this.#execution.attempt + 1);
  }

  #run(attempt: number): void {
    const fork = this.#execution.fork(attempt);
    this.#running.add(fork);
    this.#next(fork).then(
      (value) => this.#succeeded(fork, value),
      (error: unknown) => this.#failed(fork, error),
    );
  }

  #succeeded(winner: Execution<Call>, value: T): void {
    this.#leave(winner);
    this.#resolve(value);
    this.#end();
    this.#owner.observed(this.#clock.now() - this.#startedAt);
    for (const loser of this.#running) loser.cancellation.cancel(new PorticoError('CLIENT_CLOSED', { detail: 'A rival attempt was faster.' }));
  }

  #failed(fork: Execution<Call>, error: unknown): void {
    this.#leave(fork);
    if (this.#running.size > 0) return;
    this.#reject(error);
    this.#end();
  }

  #leave(fork: Execution<Call>): void {
    fork.release();
    this.#running.delete(fork);
  }

  #end(): void {
    this.#timer?.cancel();
    this.#execution.cancellation.delete(this);
    for (const loser of this.#running) loser.release();
  }
}
