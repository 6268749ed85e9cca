import type { Clock } from '@portico/core';
import type { Balancer, InstanceState } from '../src/index.js';
import { seeded } from './fixtures.js';

/** What an instance does with a call: how long it takes, and whether it fails. */
export interface Behaviour {
  readonly ms: number;
  readonly fails?: boolean;
}

/** Calls that arrive at a steady pace and take their time, all on a clock that only they move. */
export class Traffic implements Clock {
  readonly #balancer: Balancer;
  readonly #behave: (state: InstanceState) => Behaviour;
  readonly #random = seeded(7);
  readonly #running: { readonly state: InstanceState; readonly endsAt: number; readonly behaviour: Behaviour }[] = [];
  #now = 0;

  constructor(balancer: (clock: Clock) => Balancer, behave: (state: InstanceState) => Behaviour) {
    this.#balancer = balancer(this);
    this.#behave = behave;
  }

  now(): number {
    return this.#now;
  }

  epochMs(): number {
    return this.#now;
  }

  schedule(): never {
    throw new Error('A balancer needs no timer');
  }

  /** Lets calls arrive for `ms`, one each `everyMs`. Returns how many each candidate got, and the most that it had under way at once. */
  run(candidates: readonly InstanceState[], ms: number, everyMs: number): { readonly calls: number[]; readonly peaks: number[] } {
    const calls = candidates.map(() => 0);
    const peaks = candidates.map(() => 0);
    for (const end = this.#now + ms; this.#now < end; this.#now += everyMs) {
      this.#finishDue();
      const state = this.#balancer.pick(candidates, this.#random);
      const index = candidates.indexOf(state);
      const behaviour = this.#behave(state);
      state.active++;
      calls[index]!++;
      peaks[index] = Math.max(peaks[index]!, state.active);
      this.#running.push({ state, behaviour, endsAt: this.#now + behaviour.ms });
    }
    return { calls, peaks };
  }

  #finishDue(): void {
    for (const call of this.#running.filter(({ endsAt }) => endsAt <= this.#now)) {
      this.#running.splice(this.#running.indexOf(call), 1);
      call.state.active--;
      this.#balancer.finished?.(call.state, { ok: !call.behaviour.fails, durationMs: call.behaviour.ms });
    }
  }
}

/** Each number as its share of all of them. */
export function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((all, count) => all + count, 0);
  return counts.map((count) => count / sum);
}
