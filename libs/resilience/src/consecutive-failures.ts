import type { OpeningRule } from './opening-rule.js';

/** Opens after `threshold` failures with no success between them. */
export class ConsecutiveFailures implements OpeningRule {
  readonly #threshold: number;
  #failures = 0;

  constructor(threshold: number) {
    this.#threshold = threshold;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): boolean {
    return ++this.#failures >= this.#threshold;
  }

  reset(): void {
    this.#failures = 0;
  }
}
