import type { Endpoint, Policy, Resolve } from '@portico/core';
import { CompiledPipeline } from './compiled-pipeline.js';
import { ConfiguredPolicies, effectivePoliciesOf } from './configured/configured-policies.js';
import type { PipelineStep } from './policy-section.js';

/** What a BFF's pipeline is a list of: coded policies, and once the place of the configured ones. */
export type PipelineEntry = Policy | ConfiguredPolicies;

/**
 * The policies of a gateway in the order in which a request meets them. The outbound section of each runs in the same order.
 */
export class Pipeline {
  readonly #entries: readonly PipelineEntry[];

  /** @throws Error when two policies have the same name */
  constructor(entries: readonly PipelineEntry[]) {
    const names = entries.map((entry) => entry.name);
    const twice = names.find((name, index) => names.indexOf(name) !== index);
    if (twice) throw new Error(`The pipeline has two policies called ${twice}`);
    this.#entries = entries;
  }

  /**
   * Compiles what is to be done for one endpoint. Called at start.
   * @throws ConfigurationError listing every fault of the endpoint's configured policies
   * @throws Error when policies are configured for it and the pipeline has no place for them
   */
  compile(endpoint: Endpoint, resolve: Resolve): CompiledPipeline {
    this.#assertPlace(endpoint);
    return new CompiledPipeline(
      this.#entries.flatMap((entry): readonly PipelineStep[] => {
        if (entry instanceof ConfiguredPolicies) return entry.compile(endpoint, resolve);
        const steps = entry.compile(endpoint, resolve);
        return steps ? [{ name: entry.name, origin: 'pipeline', steps }] : [];
      }),
    );
  }

  #assertPlace(endpoint: Endpoint): void {
    if (this.#entries.some((entry) => entry instanceof ConfiguredPolicies)) return;
    if (effectivePoliciesOf(endpoint)?.empty === false) throw new Error(`${endpoint.name} has configured policies, but the pipeline does not say where they run: add configuredPolicies()`);
  }
}

/** Declares a gateway's pipeline: the list in `apps/<bff>/src/pipeline.ts`. */
export function definePipeline(...entries: PipelineEntry[]): Pipeline {
  return new Pipeline(entries);
}
