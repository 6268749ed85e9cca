import type { Endpoint, PolicySteps, Resolve } from '@portico/core';
import type { PolicySection } from '../policy-section.js';

/**
 * A policy with options: one small class, named by `@PolicyType()`, that the configuration uses by its name and code by `@UsePolicy()`.
 * One instance serves all endpoints; what belongs to one of them lives in what `compile` returns.
 */
export interface ConfiguredPolicy<O extends object = object> {
  /**
   * Called at start, once for each place where it is configured and each endpoint that the place concerns; again after a reload. Undefined when there is nothing to do there.
   * @param options validated and frozen
   * @param section the one it is configured in: of what is returned, only that section's step runs, and it must be there. Undefined for `@UsePolicy()`, where every step runs.
   * @throws ConfigurationError with paths inside the options, for what their class cannot check
   */
  compile(options: O, endpoint: Endpoint, resolve: Resolve, section: PolicySection | undefined): PolicySteps | undefined;
}

/** The class of a policy with options. */
export type PolicyClass<O extends object = object> = new (...args: never[]) => ConfiguredPolicy<O>;
