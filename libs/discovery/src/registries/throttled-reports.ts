import type { Clock } from '@portico/core';

const windowMs = 60_000;
const perWindow = 20;

/** Passes errors on, each message at most once in 60 s and 20 messages at most: a registry that is down for hours must not fill the log. */
export class ThrottledReports {
  readonly #clock: Clock;
  readonly #prefix: string;
  readonly #deliver: (error: Error) => void;
  readonly #told = new Map<string, number>();

  /** @param prefix stands before every message, to say whose instances it is about. */
  constructor(clock: Clock, prefix: string, deliver: (error: Error) => void) {
    this.#clock = clock;
    this.#prefix = prefix;
    this.#deliver = deliver;
  }

  /** Never throws. */
  readonly report = (cause: unknown): void => {
    const text = cause instanceof Error ? cause.message : String(cause);
    const now = this.#clock.now();
    for (const [message, at] of this.#told) if (now - at >= windowMs) this.#told.delete(message);
    if (this.#told.has(text) || this.#told.size >= perWindow) return;
    this.#told.set(text, now);
    try {
      this.#deliver(new Error(`${this.#prefix}: ${text}`, { cause }));
    } catch {
      // Whoever listens has no say in whether instances are followed.
    }
  };
}
