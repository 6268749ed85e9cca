import type { RequestContext, ServiceEvent } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { EjectionOptions, InstanceSet, InstanceSetOptions, InstanceState, RoundRobinBalancer, type Balancer, type HintRequest, type Instance, type InstanceSource, type Probe } from '../src/index.js';

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

/** Chance that repeats itself for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A request for hints: of this context, to `/path`. */
export function asking(facts: Parameters<typeof testContext>[0] = {}, path = '/path?query'): HintRequest & { readonly context: RequestContext } {
  return { context: testContext(facts), path };
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
export function instanceSet(
  count: number,
  ejection: Partial<EjectionOptions> = {},
  balancer: Balancer = new RoundRobinBalancer(),
  { clock = new ManualClock(), probe, ...more }: Partial<InstanceSetOptions> & { clock?: ManualClock; probe?: Probe } = {},
) {
  const events: ServiceEvent[] = [];
  const source = new ChangingInstances(...Array<number>(count).fill(1));
  const set = new InstanceSet(source, balancer, new InstanceSetOptions({ ejection: new EjectionOptions(ejection), ...more }), {
    clock,
    random: () => 0,
    onEvent: (event) => events.push(event),
    ...(probe && { probe }),
  });
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
