import type { RequestContext } from '@portico/core';
import type { Affinity } from './affinity.js';

/** The parts of a request that a choice may depend on. */
export interface HintRequest {
  /** Undefined for a call that no request asked for. */
  readonly context: RequestContext | undefined;
  /** Path and query as they are sent to the service. */
  readonly path: string;
}

/** Takes from a request what it is told apart by; undefined when the request lacks it. */
export type KeyOf = (request: HintRequest) => string | undefined;

const noKey: KeyOf = () => undefined;

/** What a choice depends on besides the instances. One per request, kept over its attempts; made by the balancer that reads it. */
export class PickHint {
  /** The cookies of the request; undefined where there are none to read and no answer to set one. */
  readonly affinity: Affinity | undefined;
  /** Where the request belongs, in the balancer's own notation; empty when it belongs nowhere. Undefined until the balancer has looked. */
  bound: string | undefined = undefined;
  /** Until when it belongs there, in ms since the epoch; for the balancer. */
  boundUntil = 0;

  readonly #request: HintRequest;
  readonly #keyOf: KeyOf;
  #key: string | undefined = undefined;
  #keyed = false;

  constructor(request: HintRequest, affinity?: Affinity, keyOf: KeyOf = noKey) {
    this.#request = request;
    this.affinity = affinity;
    this.#keyOf = keyOf;
  }

  /** What the request is told apart by; undefined when it lacks that. Worked out when it is first asked for. */
  get key(): string | undefined {
    if (!this.#keyed) {
      this.#key = this.#keyOf(this.#request);
      this.#keyed = true;
    }
    return this.#key;
  }
}
