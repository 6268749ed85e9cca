const leastSamples = 20;
const step = 0.05;

/**
 * Estimates a quantile of a stream in constant space: each sample above it pushes the estimate up, each below it down, so strongly that both
 * cancel out when the estimate is right (stochastic gradient descent on the quantile loss, with a step relative to the estimate).
 * Follows a rise within some dozens of samples, a fall within some hundreds.
 */
export class QuantileEstimate {
  readonly #quantile: number;
  #samples = 0;
  #estimate = 0;

  /** @param quantile 0.95 for the value that 95 % of the samples stay under. */
  constructor(quantile: number) {
    this.#quantile = quantile;
  }

  /** The estimate, at least 1; undefined before there are 20 samples. */
  get value(): number | undefined {
    return this.#samples < leastSamples ? undefined : this.#estimate;
  }

  /** Takes note of a sample. One that is cut short counts as above the estimate as long as it has passed it. */
  add(sample: number): void {
    // The first samples only raise it: starting at their maximum errs on the side of too few hedges.
    if (this.#samples++ < leastSamples) this.#estimate = Math.max(this.#estimate, sample, 1);
    else if (sample > this.#estimate) this.#estimate *= 1 + step * this.#quantile;
    else this.#estimate = Math.max(1, this.#estimate * (1 - step * (1 - this.#quantile)));
  }
}
