import type { Endpoint, Policy, Resolve } from '@portico/core';
import { CompiledPipeline } from './compiled-pipeline.js';

/**
 * The policies of a gateway in the order in which a request meets them. The outbound section of each runs in the same order.
 */
export class Pipeline {
  readonly #policies: readonly Policy[];

  /** @throws Error when two policies have the same name */
  constructor(policies: readonly Policy[]) {
    const names = policies.map((policy) => policy.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`The pipeline has two policies called ${twice}`);
    this.#policies = policies;
  }

  /** Compiles what is to be done for one endpoint. Called at start. */
  compile(endpoint: Endpoint, resolve: Resolve): CompiledPipeline {
    return new CompiledPipeline(
      this.#policies.flatMap((policy) => {
        const steps = policy.compile(endpoint, resolve);
        return steps ? [{ name: policy.name, ...steps }] : [];
      }),
    );
  }
}

/** Declares a gateway's pipeline: the list in `apps/<bff>/src/pipeline.ts`. */
export function definePipeline(...policies: Policy[]): Pipeline {
  return new Pipeline(policies);
}
