import type { PolicySteps } from '@portico/core';

/** The sections of the pipeline, in the order in which a request meets them. */
export const policySections = ['inbound', 'backend', 'outbound', 'onError'] as const satisfies readonly (keyof PolicySteps)[];

/** Name of a section of the pipeline. */
export type PolicySection = (typeof policySections)[number];

/** Where a step was declared: coded in the BFF's pipeline, configured for the whole gateway or for one route, or written as `@UsePolicy()`. */
export type StepOrigin = 'pipeline' | 'global' | 'route' | 'decorator';

/** One step as `explain` shows it. */
export interface DescribedStep {
  /** Name of the policy. */
  readonly name: string;
  readonly origin: StepOrigin;
}

/** The steps of every section, each in the order in which they run. */
export type DescribedPipeline = Readonly<Record<PolicySection, readonly DescribedStep[]>>;

/** What one policy does for an endpoint, and where it comes from. */
export interface PipelineStep extends DescribedStep {
  readonly steps: PolicySteps;
}

/** One section's function of `step`; undefined when the policy has none there. One that is a method keeps its object. */
export function sectionStep<S extends PolicySection>({ steps }: PipelineStep, section: S): PolicySteps[S] {
  const run = steps[section];
  return run === undefined || Object.hasOwn(steps, section) ? run : (run.bind(steps) as PolicySteps[S]);
}
