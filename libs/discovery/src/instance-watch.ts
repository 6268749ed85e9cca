import type { Timer } from '@portico/core';
import type { HealthCheckOptions } from './health-check.config.js';
import type { HealthCheckDependencies } from './health-check.js';
import type { InstanceState } from './instance-state.js';

/** The health checks of one instance: one at a time, from its making until its end. */
export class InstanceWatch {
  readonly #state: InstanceState;
  readonly #options: HealthCheckOptions;
  readonly #isSuccess: (status: number) => boolean;
  readonly #deps: HealthCheckDependencies;
  readonly #ended = new AbortController();
  #timer: Timer;
  // Results in a row that contradict what the state says.
  #contradictions = 0;

  constructor(state: InstanceState, options: HealthCheckOptions, isSuccess: (status: number) => boolean, deps: HealthCheckDependencies) {
    this.#state = state;
    this.#options = options;
    this.#isSuccess = isSuccess;
    this.#deps = deps;
    this.#timer = this.#next(deps.random() * options.intervalMs);
  }

  /** No check begins any more, and the result of one under way means nothing. */
  end(): void {
    this.#timer.cancel();
    this.#ended.abort();
  }

  #next(delayMs: number): Timer {
    return this.#deps.clock.schedule(() => void this.#check(), delayMs);
  }

  async #check(): Promise<void> {
    const { clock, probe } = this.#deps;
    const { path, timeoutMs, intervalMs } = this.#options;
    const startedAt = clock.now();
    let ok: boolean;
    try {
      const { origin, pathPrefix = '' } = this.#state.instance;
      ok = this.#isSuccess(await probe(origin, pathPrefix + path, timeoutMs, this.#ended.signal));
    } catch {
      ok = false;
    }
    if (this.#ended.signal.aborted) return;
    this.#timer = this.#next(Math.max(0, startedAt + intervalMs - clock.now()));
    this.#judge(ok);
  }

  #judge(ok: boolean): void {
    const state = this.#state;
    if (ok === state.healthy) {
      this.#contradictions = 0;
      return;
    }
    this.#contradictions++;
    if (this.#contradictions < (ok ? this.#options.healthyAfter : this.#options.unhealthyAfter)) return;
    this.#contradictions = 0;
    state.healthy = ok;
    this.#deps.onChange(state);
  }
}
