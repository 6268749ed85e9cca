import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import { policySections, type PolicySection, type StepOrigin } from '../policy-section.js';
import { EffectivePolicies, type EffectiveStep } from './effective-policies.js';
import type { PolicyRegistry } from './policy-registry.js';
import { policyOptions } from './policy-options.js';
import type { PolicyEntry, PolicyScope } from './policy-sections.js';
import { baseWord, policyTypeOf } from './policy-type.decorator.js';
import { policyFaults } from './policy-faults.js';
import type { DeclaredPolicy } from './use-policy.decorator.js';

type Steps = Readonly<Record<PolicySection, readonly EffectiveStep[]>>;

const nothing: Steps = { inbound: [], backend: [], outbound: [], onError: [] };

/** Merges the scopes of a configuration once, at load: the gateway's policies, and within them those of a route or an operation. */
export class PolicyScopes {
  readonly #registry: PolicyRegistry;
  readonly #global: Steps;

  /** @throws ConfigurationError listing every fault of the global scope */
  constructor(registry: PolicyRegistry, global?: PolicyScope) {
    this.#registry = registry;
    this.#global = global ? this.#merge(global, 'global', nothing) : nothing;
  }

  /**
   * What runs for a route.
   * @throws ConfigurationError listing every fault of its scope
   */
  forRoute(scope?: PolicyScope): EffectivePolicies {
    return new EffectivePolicies(scope ? this.#merge(scope, 'route', this.#global) : this.#global);
  }

  /** What runs for an operation: the gateway's policies, then those of its decorators. */
  forOperation(declared: readonly DeclaredPolicy[] = []): EffectivePolicies {
    const own = declared.map(({ type, options }): EffectiveStep => {
      const { name } = policyTypeOf(type);
      return { name, origin: 'decorator', path: `@UsePolicy(${type.name})`, policy: this.#registry.instanceOf(type), options };
    });
    return new EffectivePolicies(sections((section) => [...this.#global[section], ...own]));
  }

  #merge({ path, sections: given }: PolicyScope, origin: StepOrigin, base: Steps): Steps {
    const faults: ConfigurationFault[] = [];
    for (const name of Object.keys(given)) if (!policySections.includes(name as PolicySection)) faults.push({ path: `${path}.${name}`, message: `is no section; there are ${policySections.join(', ')}` });
    const merged = sections((section) => {
      const list = given[section];
      if (list === undefined) return base[section];
      let bases = 0;
      return list.flatMap((entry, index): readonly EffectiveStep[] => {
        const place = `${path}.${section}[${index}]`;
        if (entry !== baseWord) return this.#step(entry, origin, place, faults);
        if (bases++ > 0) faults.push({ path: place, message: `${baseWord} may stand here once only` });
        return base[section];
      });
    });
    if (faults.length > 0) throw new ConfigurationError(faults);
    return merged;
  }

  #step({ name, options }: PolicyEntry, origin: StepOrigin, place: string, faults: ConfigurationFault[]): EffectiveStep[] {
    const type = this.#registry.typeOf(name);
    if (!type) {
      faults.push({ path: place, message: `there is no policy called ${name}; known are ${this.#registry.names.join(', ')}` });
      return [];
    }
    const path = `${place}.${name}`;
    try {
      return [{ name, origin, path, policy: this.#registry.instanceOf(type), options: policyOptions(policyTypeOf(type).options, options) }];
    } catch (error) {
      if (!isConfigurationError(error)) throw error;
      faults.push(...policyFaults(path, error));
      return [];
    }
  }
}

function sections(stepsOf: (section: PolicySection) => readonly EffectiveStep[]): Steps {
  return { inbound: stepsOf('inbound'), backend: stepsOf('backend'), outbound: stepsOf('outbound'), onError: stepsOf('onError') };
}
