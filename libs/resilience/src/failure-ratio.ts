import type { Clock } from '@portico/core';
import type { OpeningRule } from './opening-rule.js';
import { SlidingWindow } from './sliding-window.js';

/** Opens when at least `minimumCalls` ended within `windowMs` and at least `ratio` (0 to 1) of them failed. */
export class FailureRatio implements OpeningRule {
  readonly #ratio: number;
  readonly #minimumCalls: number;
  readonly #window: SlidingWindow;

  constructor(ratio: number, minimumCalls: number, windowMs: number, clock: Clock) {
    this.#ratio = ratio;
    this.#minimumCalls = minimumCalls;
    this.#window = new SlidingWindow(windowMs, clock);
  }

  succeeded(): void {
    this.#window.add();
  }

  failed(): boolean {
    this.#window.add();
    this.#window.mark();
    return this.#window.count >= this.#minimumCalls && this.#window.marked >= this.#ratio * this.#window.count;
  }

  reset(): void {
    this.#window.clear();
  }
}
