import { PorticoError, type Clock, type Random, type ServiceEvent } from '@portico/core';
import type { Affinity } from './affinity.js';
import type { Balancer } from './balancer.js';
import { Ejection, isEjected } from './ejection.js';
import { HealthCheck } from './health-check.js';
import { httpProbe } from './http-probe.js';
import type { Instance } from './instance.js';
import type { InstanceOutcome } from './instance-outcome.js';
import type { InstanceSetOptions } from './instance-set.config.js';
import type { InstanceSource } from './instance-source.js';
import { InstanceState } from './instance-state.js';
import type { HintRequest, PickHint } from './pick-hint.js';
import type { Probe } from './probe.js';
import { SlowStart } from './slow-start.js';

/** What an instance set needs from outside. */
export interface InstanceSetDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Told when an instance is ejected, or its health changes. Must not throw. */
  readonly onEvent: (event: ServiceEvent) => void;
  /** Asks an instance whether it is well, where the options want that. By default over HTTP/1.1, with the platform's trust in certificates. */
  readonly probe?: Probe;
}

/** The instances of one service, what is known about each, and which one gets the next call. */
export class InstanceSet {
  readonly #source: InstanceSource;
  readonly #balancer: Balancer;
  readonly #ejection: Ejection;
  readonly #slowStart: SlowStart;
  readonly #panicPercent: number;
  readonly #health: HealthCheck | undefined;
  readonly #deps: InstanceSetDependencies;
  readonly #unsubscribe: () => void;
  #states: readonly InstanceState[] = [];
  // What the balancer chooses from: replaced when instances, their weights or their fitness change, never altered.
  #candidates: readonly InstanceState[] = [];
  // When the candidates next change by the mere passing of time. Asked for in `pick`, so that no timer is needed.
  #changesAt = Infinity;

  /** @throws RangeError that lists every option of the health checks out of range */
  constructor(source: InstanceSource, balancer: Balancer, options: InstanceSetOptions, deps: InstanceSetDependencies) {
    const { clock, random, probe = httpProbe(clock) } = deps;
    this.#source = source;
    this.#balancer = balancer;
    this.#ejection = new Ejection(options.ejection);
    this.#slowStart = new SlowStart(options.slowStartMs);
    this.#panicPercent = options.panicPercent;
    this.#health = options.health && new HealthCheck(options.health, { clock, random, probe, onChange: (state) => this.#healthChanged(state) });
    this.#deps = deps;
    this.#unsubscribe = source.subscribe((instances) => this.#replace(instances));
    this.#replace(source.current());
  }

  /** Whether a choice depends on the request, too, so that `hint` makes something of it. Never changes. */
  get needsHint(): boolean {
    return this.#balancer.hint !== undefined;
  }

  /** What the choices for one request depend on, for `pick` and `answered`; undefined, and nothing is allocated, where they depend on the instances alone. */
  hint(request: HintRequest, affinity?: Affinity): PickHint | undefined {
    return this.#balancer.hint?.(request, affinity);
  }

  /**
   * The instance for the next call. Unhealthy and ejected ones are left out, unless too few others are left.
   * @param avoid the instance of the former attempt: picked again only when there is no other, of those that are left out neither
   * @throws PorticoError `SERVICE_UNAVAILABLE` when the service has no instance
   */
  pick(avoid?: InstanceState, hint?: PickHint): InstanceState {
    if (this.#changesAt !== Infinity && this.#deps.clock.now() >= this.#changesAt) this.#choose();
    const candidates = this.#candidates;
    const first = candidates[0]!;
    if (candidates.length === 1) return first === avoid ? this.#leftOut(first, hint) : first;
    if (candidates.length === 0) throw new PorticoError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' } });
    if (avoid === undefined || !candidates.includes(avoid)) return this.#balancer.pick(candidates, this.#deps.random, hint);
    const others = candidates.filter((candidate) => candidate !== avoid);
    return others.length === 1 ? others[0]! : this.#balancer.pick(others, this.#deps.random, hint);
  }

  /** Notes that a call to `state` begins; `finished` must follow. */
  started(state: InstanceState): void {
    state.active++;
  }

  /** Notes that the request which `hint` was made for gets the answer of `state`. To be called before the answer's head is sent: it may get a cookie. */
  answered(state: InstanceState, hint: PickHint): void {
    this.#balancer.answered?.(state, hint);
  }

  /** Notes how a call to `state` ended; may eject it. */
  finished(state: InstanceState, outcome: InstanceOutcome): void {
    state.active--;
    this.#balancer.finished?.(state, outcome);
    if (outcome.ok) {
      state.consecutiveFailures = 0;
      state.observe(outcome.durationMs);
    } else if (outcome.ok === false) this.#failed(state, outcome.unreachable === true);
  }

  /** All instances, also those that are left out. */
  states(): readonly InstanceState[] {
    return this.#states;
  }

  /** Ends the health checks and following the source, and closes it. */
  close(): Promise<void> {
    this.#unsubscribe();
    this.#health?.close();
    return this.#source.close();
  }

  // The only candidate has just failed: one that did so before may be well again.
  #leftOut(failed: InstanceState, hint?: PickHint): InstanceState {
    const others = this.#states.filter((state) => state !== failed);
    return others.length > 1 ? this.#balancer.pick(others, this.#deps.random, hint) : (others[0] ?? failed);
  }

  #failed(state: InstanceState, unreachable: boolean): void {
    const now = this.#deps.clock.now();
    // A call that began before the ejection says nothing new.
    if (isEjected(state, now)) return;
    state.consecutiveFailures++;
    if (!this.#states.includes(state) || !this.#ejection.isDue(state, unreachable, this.#states, now)) return;
    this.#ejection.eject(state, now);
    this.#choose();
    this.#deps.onEvent('instance-ejected');
  }

  #healthChanged(state: InstanceState): void {
    if (state.healthy) {
      state.consecutiveFailures = 0;
      state.warmSince = Math.max(this.#deps.clock.now(), state.ejectedUntil);
    }
    this.#choose();
    this.#deps.onEvent(state.healthy ? 'instance-healthy' : 'instance-unhealthy');
  }

  // What is known about an instance outlives every change that leaves it its address.
  #replace(instances: readonly Instance[]): void {
    // At the start there is nobody who could serve in place of those that are new.
    const warmSince = this.#states.length === 0 ? -Infinity : this.#deps.clock.now();
    const known = new Map(this.#states.map((state) => [state.instance.id, state]));
    const next = new Map<string, InstanceState>();
    for (const instance of instances) {
      const state = known.get(instance.id);
      next.set(instance.id, state?.instance.origin === instance.origin ? state.described(instance) : new InstanceState(instance, warmSince));
    }
    this.#states = [...next.values()];
    this.#health?.watch(this.#states);
    this.#choose();
  }

  #choose(): void {
    const now = this.#deps.clock.now();
    const fit = this.#states.filter((state) => state.healthy && !isEjected(state, now));
    const panic = fit.length === 0 || fit.length * 100 < this.#states.length * this.#panicPercent;
    this.#candidates = panic ? [...this.#states] : fit;
    this.#changesAt = Infinity;
    for (const state of this.#states) {
      // In a panic everyone counts in full: a few that have just come back cannot take what the others are spared.
      state.weight = panic ? state.instance.weight : this.#slowStart.weightOf(state, now);
      this.#changesAt = Math.min(this.#changesAt, isEjected(state, now) ? state.ejectedUntil : this.#slowStart.nextStepAt(state, now));
    }
  }
}
