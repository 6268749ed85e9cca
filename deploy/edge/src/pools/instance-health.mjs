/**
 * What a probe found: `ready` takes requests, `draining` wants no new ones (503), `failed` did not answer, or wrongly.
 * @typedef {'ready' | 'draining' | 'failed'} Finding
 */

/** Decides from probes in turn whether an instance gets new requests. One that nobody has probed yet gets none. */
export class InstanceHealth {
  #healthyAfter;
  #unhealthyAfter;
  #healthy = false;
  #good = 0;
  #failed = 0;

  /** @param {{ readonly healthyAfter: number, readonly unhealthyAfter: number }} thresholds */
  constructor({ healthyAfter, unhealthyAfter }) {
    this.#healthyAfter = healthyAfter;
    this.#unhealthyAfter = unhealthyAfter;
  }

  get healthy() {
    return this.#healthy;
  }

  /**
   * @param {Finding} finding
   * @returns {boolean} whether it changed anything
   */
  take(finding) {
    const before = this.#healthy;
    this.#good = finding === 'ready' ? this.#good + 1 : 0;
    this.#failed = finding === 'failed' ? this.#failed + 1 : 0;
    if (this.#good >= this.#healthyAfter) this.#healthy = true;
    // Who says that it drains means it: there is nothing to wait for.
    else if (finding === 'draining' || this.#failed >= this.#unhealthyAfter) this.#healthy = false;
    return this.#healthy !== before;
  }
}
