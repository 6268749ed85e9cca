import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import type { Endpoint, PolicySteps, Resolve } from '@portico/core';
import { policySections, type PipelineStep, type PolicySection } from '../policy-section.js';
import { EffectivePolicies, type EffectiveStep } from './effective-policies.js';
import { policyFaults } from './policy-faults.js';
import { policiesKey } from './use-policy.decorator.js';

/** The place in a BFF's pipeline where the configured policies run. */
export class ConfiguredPolicies {
  readonly name = 'configured-policies';

  /**
   * Compiles the configured policies of one endpoint.
   * @throws ConfigurationError listing every fault
   */
  compile(endpoint: Endpoint, resolve: Resolve): readonly PipelineStep[] {
    const effective = effectivePoliciesOf(endpoint);
    if (!effective) return [];
    const faults: ConfigurationFault[] = [];
    const compiled = new Map<EffectiveStep, PolicySteps | undefined>();
    const stepsOf = (step: EffectiveStep, section: PolicySection): PolicySteps | undefined => {
      // A decorator's step stands in every section, and its parts may share what they know of a request.
      if (!compiled.has(step)) compiled.set(step, compileStep(step, endpoint, resolve, step.origin === 'decorator' ? undefined : section, faults));
      return compiled.get(step);
    };
    const steps = policySections.flatMap((section) =>
      // Only routes are forwarded: an operation has no call to be around.
      (section === 'backend' && endpoint.kind !== 'route' ? [] : effective.section(section)).flatMap((step): PipelineStep[] => {
        const all = stepsOf(step, section);
        const run = all?.[section];
        if (run) return [{ name: step.name, origin: step.origin, steps: { [section]: run.bind(all) } }];
        if (all && step.origin !== 'decorator') faults.push({ path: step.path, message: `has no step for the section ${section}` });
        return [];
      }),
    );
    if (faults.length > 0) throw new ConfigurationError(faults);
    return steps;
  }
}

/** Says where in a BFF's pipeline the configured policies run, in each of their sections. Once per pipeline. */
export function configuredPolicies(): ConfiguredPolicies {
  return new ConfiguredPolicies();
}

/**
 * The configured policies of an endpoint; undefined when it has none.
 * @throws TypeError when they are not merged yet, which is the gateway's part
 */
export function effectivePoliciesOf(endpoint: Endpoint): EffectivePolicies | undefined {
  const declared = endpoint.declared<unknown>(policiesKey);
  if (declared === undefined || declared instanceof EffectivePolicies) return declared;
  throw new TypeError(`${endpoint.name}: the scopes of its policies are not merged`);
}

function compileStep(step: EffectiveStep, endpoint: Endpoint, resolve: Resolve, section: PolicySection | undefined, faults: ConfigurationFault[]): PolicySteps | undefined {
  try {
    return step.policy.compile(step.options, endpoint, resolve, section);
  } catch (error) {
    if (!isConfigurationError(error)) throw new Error(`${endpoint.name}: ${step.path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    faults.push(...policyFaults(step.path, error));
    return undefined;
  }
}
