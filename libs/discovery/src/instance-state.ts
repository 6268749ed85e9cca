import type { Instance } from './instance.js';

const newest = 0.2;

/** What is known about one instance right now. Its `InstanceSet` writes it; balancers and diagnostics read it. */
export class InstanceState {
  /** As its source describes it now; its id and origin never change. */
  instance: Instance;
  /** Share of the calls that balancers give it: the instance's own weight, or a part of it during its slow start. */
  weight: number;
  /** Calls under way. */
  active = 0;
  /** Exponentially weighted moving average of the duration of successful calls, in ms; 0 before the first one. */
  ewmaMs = 0;
  /** Failures since the last success. */
  consecutiveFailures = 0;
  /** Monotonic moment until which it gets no calls; one that has passed, 0 at first, means nothing. */
  ejectedUntil = 0;
  /** How often it was ejected in a row. */
  timesEjected = 0;
  /** What its health checks say; true as long as there are none. */
  healthy = true;
  /** Monotonic moment at which its slow start began or will begin; -Infinity for one that was there from the start and never left out. */
  warmSince: number;

  constructor(instance: Instance, warmSince = -Infinity) {
    this.instance = instance;
    this.weight = instance.weight;
    this.warmSince = warmSince;
  }

  /** Takes over what its source now says of it. */
  described(instance: Instance): this {
    this.instance = instance;
    this.weight = instance.weight;
    return this;
  }

  /** Notes the duration of a successful call. */
  observe(durationMs: number): void {
    this.ewmaMs = this.ewmaMs === 0 ? durationMs : this.ewmaMs + newest * (durationMs - this.ewmaMs);
  }
}
