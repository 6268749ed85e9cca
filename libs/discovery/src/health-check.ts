import type { Clock, Random } from '@portico/core';
import { checkedOptions } from './checked-options.js';
import { HealthCheckOptions } from './health-check.config.js';
import { InstanceWatch } from './instance-watch.js';
import type { InstanceState } from './instance-state.js';
import type { Probe } from './probe.js';
import { statusSet } from './status-set.js';

/** What health checks need from outside. */
export interface HealthCheckDependencies {
  readonly clock: Clock;
  readonly random: Random;
  readonly probe: Probe;
  /** Told when the health of an instance has changed; its state says to what. Must not throw. */
  readonly onChange: (state: InstanceState) => void;
}

/** Active health checks: asks every instance of a service again and again, each on its own, and notes in its state whether it is healthy. */
export class HealthCheck {
  readonly #options: HealthCheckOptions;
  readonly #isSuccess: (status: number) => boolean;
  readonly #deps: HealthCheckDependencies;
  #watches = new Map<InstanceState, InstanceWatch>();

  /** @throws RangeError that lists every option out of range */
  constructor(options: HealthCheckOptions, deps: HealthCheckDependencies) {
    this.#options = checkedOptions('Health checks', HealthCheckOptions, options);
    this.#isSuccess = statusSet(this.#options.expectStatus)!;
    this.#deps = deps;
  }

  /** Checks these instances from now on, and no others. One that is watched already goes on as it was; a new one counts as healthy until its checks say otherwise. */
  watch(states: readonly InstanceState[]): void {
    const next = new Map<InstanceState, InstanceWatch>();
    for (const state of states) next.set(state, this.#watches.get(state) ?? new InstanceWatch(state, this.#options, this.#isSuccess, this.#deps));
    for (const [state, watch] of this.#watches) if (!next.has(state)) watch.end();
    this.#watches = next;
  }

  /** Ends all checks; those under way are given up. */
  close(): void {
    this.watch([]);
  }
}
