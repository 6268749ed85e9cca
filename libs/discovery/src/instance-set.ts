import { PorticoError, type Clock, type Random, type ServiceEvent } from '@portico/core';
import type { Balancer } from './balancer.js';
import type { EjectionOptions } from './ejection.config.js';
import { Ejection, isEjected } from './ejection.js';
import type { Instance } from './instance.js';
import type { InstanceSource } from './instance-source.js';
import { InstanceState } from './instance-state.js';

/** What an instance set needs from outside. */
export interface InstanceSetDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Told of ejections. Must not throw. */
  readonly onEvent: (event: ServiceEvent) => void;
}

/** How a call to an instance ended. */
export interface InstanceOutcome {
  /** Whether the instance did well; undefined when the call says nothing about it, as when the client left. */
  readonly ok: boolean | undefined;
  readonly durationMs: number;
}

/** The instances of one service, what is known about each, and which one gets the next call. */
export class InstanceSet {
  readonly #source: InstanceSource;
  readonly #balancer: Balancer;
  readonly #ejection: Ejection;
  readonly #deps: InstanceSetDependencies;
  readonly #unsubscribe: () => void;
  #states: readonly InstanceState[] = [];
  // What the balancer chooses from: replaced when instances or ejections change, never altered.
  #candidates: readonly InstanceState[] = [];
  // When the first ejection ends. Asked for in `pick`, so that no timer is needed.
  #returnsAt = Infinity;

  constructor(source: InstanceSource, balancer: Balancer, ejection: EjectionOptions, deps: InstanceSetDependencies) {
    this.#source = source;
    this.#balancer = balancer;
    this.#ejection = new Ejection(ejection);
    this.#deps = deps;
    this.#unsubscribe = source.subscribe((instances) => this.#replace(instances));
    this.#replace(source.current());
  }

  /**
   * The instance for the next call. Ejected ones are left out, unless all are.
   * @param avoid the instance of the former attempt: picked again only when there is no other
   * @throws PorticoError `SERVICE_UNAVAILABLE` when the service has no instance
   */
  pick(avoid?: InstanceState): InstanceState {
    if (this.#returnsAt !== Infinity && this.#deps.clock.now() >= this.#returnsAt) this.#choose();
    const candidates = this.#candidates;
    if (candidates.length === 1) return candidates[0]!;
    if (candidates.length === 0) throw new PorticoError('SERVICE_UNAVAILABLE', { headers: { 'retry-after': '1' } });
    if (avoid === undefined || !candidates.includes(avoid)) return this.#balancer.pick(candidates, this.#deps.random);
    const others = candidates.filter((candidate) => candidate !== avoid);
    return others.length === 1 ? others[0]! : this.#balancer.pick(others, this.#deps.random);
  }

  /** Notes that a call to `state` begins; `finished` must follow. */
  started(state: InstanceState): void {
    state.active++;
  }

  /** Notes how a call to `state` ended; may eject it. */
  finished(state: InstanceState, outcome: InstanceOutcome): void {
    state.active--;
    if (outcome.ok) {
      state.consecutiveFailures = 0;
      state.observe(outcome.durationMs);
    } else if (outcome.ok === false) this.#failed(state);
  }

  /** All instances, the ejected ones included. */
  states(): readonly InstanceState[] {
    return this.#states;
  }

  /** Ends following the source, and closes it. */
  close(): Promise<void> {
    this.#unsubscribe();
    return this.#source.close();
  }

  #failed(state: InstanceState): void {
    const now = this.#deps.clock.now();
    // A call that began before the ejection says nothing new.
    if (isEjected(state, now)) return;
    state.consecutiveFailures++;
    if (!this.#states.includes(state) || !this.#ejection.isDue(state, this.#states, now)) return;
    this.#ejection.eject(state, now);
    this.#choose();
    this.#deps.onEvent('instance-ejected');
  }

  // What is known about an instance outlives every change that leaves it its address.
  #replace(instances: readonly Instance[]): void {
    const known = new Map(this.#states.map((state) => [state.instance.id, state]));
    const next = new Map<string, InstanceState>();
    for (const instance of instances) {
      const state = known.get(instance.id);
      next.set(instance.id, state?.instance.origin === instance.origin ? state.described(instance) : new InstanceState(instance));
    }
    this.#states = [...next.values()];
    this.#choose();
  }

  #choose(): void {
    const now = this.#deps.clock.now();
    const fit = this.#states.filter((state) => !isEjected(state, now));
    const ejected = this.#states.filter((state) => isEjected(state, now));
    this.#candidates = fit.length > 0 ? fit : this.#states;
    this.#returnsAt = ejected.reduce((first, { ejectedUntil }) => Math.min(first, ejectedUntil), Infinity);
  }
}
