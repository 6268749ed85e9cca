import type { ServiceEvent } from '@portico/core';
import { ManualClock } from '@portico/core/testing';
import { EjectionOptions, InstanceSet, InstanceState, RoundRobinBalancer, type Balancer, type Instance, type InstanceSource } from '../src/index.js';

/** Instances `a`, `b`, ... with the given weights. */
export function instances(...weights: number[]): Instance[] {
  return weights.map((weight, index) => {
    const id = String.fromCharCode(97 + index);
    return { id, origin: `http://${id}:80`, weight };
  });
}

/** Their states, fresh. */
export const states = (...weights: number[]): InstanceState[] => instances(...weights).map((instance) => new InstanceState(instance));

/** Chance that follows a script and then begins again. */
export function scripted(...values: number[]): () => number {
  let turn = 0;
  return () => values[turn++ % values.length]!;
}

/** A source that a test changes. */
export class ChangingInstances implements InstanceSource {
  #instances: readonly Instance[];
  readonly listeners = new Set<(instances: readonly Instance[]) => void>();
  closed = false;

  constructor(...weights: number[]) {
    this.#instances = instances(...weights);
  }

  current(): readonly Instance[] {
    return this.#instances;
  }

  subscribe(listener: (instances: readonly Instance[]) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  change(next: readonly Instance[]): void {
    this.#instances = next;
    for (const listener of this.listeners) listener(next);
  }
}

/** A set over a changing source of `count` instances, with round robin and a clock that stands still. */
export function instanceSet(count: number, ejection: Partial<EjectionOptions> = {}, balancer: Balancer = new RoundRobinBalancer()) {
  const clock = new ManualClock();
  const events: ServiceEvent[] = [];
  const source = new ChangingInstances(...Array<number>(count).fill(1));
  const set = new InstanceSet(source, balancer, new EjectionOptions(ejection), { clock, random: () => 0, onEvent: (event) => events.push(event) });
  const finish = (state: InstanceState, ok: boolean | undefined, times = 1) => {
    for (let count = 0; count < times; count++) {
      set.started(state);
      set.finished(state, { ok, durationMs: 10 });
    }
  };
  /** Ids of the next `picks` picks, sorted and without repetition. */
  const reached = (picks = 20) => [...new Set(Array.from({ length: picks }, () => set.pick().instance.id))].sort().join('');
  return { clock, events, source, set, finish, reached, state: (index: number) => set.states()[index]! };
}
