import { systemClock, type Clock, type Random } from '@portico/core';
import type { Balancer } from './balancer.js';
import type { InstanceOutcome } from './instance-outcome.js';
import type { InstanceState } from './instance-state.js';
import { P2cEwmaOptions } from './p2c-ewma.config.js';
import { WeightedDraw } from './weighted-draw.js';

/** An average duration, and when it was last brought up to date. */
interface Estimate {
  ms: number;
  at: number;
}

const unknown: Estimate = { ms: 1, at: -Infinity };

/**
 * Draws two candidates and takes the one that is likely to answer first: average duration times calls under way for its weight, this one included.
 *
 * The average is one over time: many calls in a moment count no more than that moment. An instance without calls is judged better and better, down to half of
 * the average of all, so that one that was slow or failed is tried again after a while. A new one begins with that average: it is neither shunned for what is
 * not known of it nor rushed at because it has not disappointed yet.
 */
export class P2cEwmaBalancer implements Balancer {
  readonly name = 'p2c-ewma';
  readonly #decayMs: number;
  readonly #failurePenaltyMs: number;
  readonly #clock: Clock;
  readonly #weighted = new WeightedDraw();
  readonly #estimates = new WeakMap<InstanceState, Estimate>();
  // Of the successful calls to all instances; undefined before the first one.
  #all: Estimate | undefined = undefined;

  constructor(options: P2cEwmaOptions = new P2cEwmaOptions(), clock: Clock = systemClock) {
    this.#decayMs = options.decayMs;
    this.#failurePenaltyMs = options.failurePenaltyMs;
    this.#clock = clock;
  }

  pick(candidates: readonly InstanceState[], random: Random): InstanceState {
    const first = this.#weighted.draw(candidates, random);
    const step = 1 + Math.floor(random() * (candidates.length - 1));
    const one = candidates[first]!;
    const other = candidates[(first + step) % candidates.length]!;
    const now = this.#clock.now();
    // The draw has seen to the weights of idle ones.
    const heavier = Math.max(one.weight, other.weight);
    const calls = 1 + (one.active * heavier) / one.weight;
    const otherCalls = 1 + (other.active * heavier) / other.weight;
    return this.#expectedMs(other, now) * otherCalls < this.#expectedMs(one, now) * calls ? other : one;
  }

  finished(state: InstanceState, { ok, durationMs }: InstanceOutcome): void {
    if (ok === undefined) return;
    const now = this.#clock.now();
    const ms = ok ? durationMs : Math.max(durationMs, this.#failurePenaltyMs);
    // Failures are left out here: what is not known of an instance should not be held against it because another one fails.
    if (ok) this.#learn((this.#all ??= { ms, at: now }), ms, now);
    this.#learn(this.#estimateOf(state, this.#all?.ms ?? ms, now), ms, now);
  }

  #expectedMs(state: InstanceState, now: number): number {
    const usual = this.#all?.ms ?? 1;
    const { ms, at } = this.#all ? this.#estimateOf(state, usual, now) : (this.#estimates.get(state) ?? unknown);
    return usual / 2 + (ms - usual / 2) * this.#left(at, now);
  }

  #estimateOf(state: InstanceState, initialMs: number, now: number): Estimate {
    let estimate = this.#estimates.get(state);
    if (!estimate) this.#estimates.set(state, (estimate = { ms: initialMs, at: now }));
    return estimate;
  }

  #learn(estimate: Estimate, ms: number, now: number): void {
    estimate.ms = ms + (estimate.ms - ms) * this.#left(estimate.at, now);
    estimate.at = now;
  }

  // What is left, from 1 down to 0, of a judgement made at `at`.
  #left(at: number, now: number): number {
    return Math.exp((at - now) / this.#decayMs);
  }
}
