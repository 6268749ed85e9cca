import type { Clock, ServiceLoad } from '@portico/core';
import { CircuitBreakerStrategy, type Strategy } from '@portico/resilience';

/** The circuit breakers of a service, for whoever wants to know their states. It keeps none of them: routes come and go with their file. */
export class BreakerWatch {
  readonly #breakers = new Set<WeakRef<CircuitBreakerStrategy>>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(strategies: readonly Strategy[]): void {
    for (const strategy of strategies) if (strategy instanceof CircuitBreakerStrategy) this.#breakers.add(new WeakRef(strategy));
  }

  /** How many are in each state. One whose time is over counts as half open: the next call will be let through. */
  count(): ServiceLoad['breakers'] {
    const counts = { closed: 0, 'half-open': 0, open: 0 };
    for (const reference of this.#breakers) {
      const state = reference.deref()?.state;
      if (state === undefined) this.#breakers.delete(reference);
      else counts[state.kind === 'open' && state.until <= this.#clock.now() ? 'half-open' : state.kind]++;
    }
    return counts;
  }
}
