import type { Random } from '@portico/core';
import type { Affinity } from './affinity.js';
import type { Balancer } from './balancer.js';
import { ConsistentHashOptions } from './consistent-hash.config.js';
import { hashText, mix } from './hash-text.js';
import type { InstanceState } from './instance-state.js';
import { LeastRequestBalancer } from './least-request.balancer.js';
import { PickHint, type HintRequest, type KeyOf } from './pick-hint.js';
import { requestKey } from './request-key.js';

/**
 * The same key goes to the same instance, in every gateway, and keys are shared by weight (weighted rendezvous hashing). When an instance comes or goes, only
 * its own share of the keys moves. An instance that has more than its bounded share of the calls under way passes them on to the next one of each key.
 * A request without a key goes where fewer calls are under way.
 */
export class ConsistentHashBalancer implements Balancer {
  readonly name = 'consistent-hash';
  readonly #keyOf: KeyOf;
  readonly #maxLoad: number;
  readonly #spillFrom: number;
  readonly #keyless = new LeastRequestBalancer();
  readonly #seeds = new WeakMap<InstanceState, number>();

  constructor(options: ConsistentHashOptions = new ConsistentHashOptions()) {
    this.#keyOf = requestKey(options);
    this.#maxLoad = options.maxLoadPercent / 100;
    this.#spillFrom = options.spillFrom;
  }

  hint(request: HintRequest, affinity: Affinity | undefined): PickHint {
    return new PickHint(request, affinity, this.#keyOf);
  }

  pick(candidates: readonly InstanceState[], random: Random, hint?: PickHint): InstanceState {
    const key = hint?.key;
    if (key === undefined) return this.#keyless.pick(candidates, random);
    const hash = hashText(key);
    let active = 1;
    let weights = 0;
    for (const candidate of candidates) {
      active += candidate.active;
      weights += candidate.weight;
    }
    const allowed = (this.#maxLoad * active) / weights;
    let nearest = candidates[0]!;
    let least = Infinity;
    for (const candidate of candidates) {
      if (candidate.active >= this.#spillFrom && candidate.active >= Math.ceil(allowed * candidate.weight)) continue;
      const distance = this.#distance(candidate, hash);
      if (distance < least) {
        least = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  // Exponentially distributed, with the weight as its rate: the least of them belongs to each candidate as often as its weight says.
  #distance(candidate: InstanceState, hash: number): number {
    let seed = this.#seeds.get(candidate);
    if (seed === undefined) this.#seeds.set(candidate, (seed = hashText(candidate.instance.id)));
    return -Math.log((mix(hash ^ seed) + 0.5) / 2 ** 32) / candidate.weight;
  }
}
