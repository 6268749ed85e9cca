import { policySections, type DescribedStep, type PolicySection } from '../policy-section.js';
import type { ConfiguredPolicy } from './configured-policy.js';

/** A configured policy at its place in a section. */
export interface EffectiveStep extends DescribedStep {
  /** Where it is written, as `policies.inbound[0].set-header`. */
  readonly path: string;
  readonly policy: ConfiguredPolicy;
  /** Validated and frozen. */
  readonly options: object;
}

/** The configured policies of one endpoint, all scopes merged: what `endpoint.declared('portico:policies')` gives to the pipeline. */
export class EffectivePolicies {
  readonly #sections: Readonly<Record<PolicySection, readonly EffectiveStep[]>>;

  /** A step that stands in several sections as the same object is compiled once, for all of them. */
  constructor(sections: Readonly<Record<PolicySection, readonly EffectiveStep[]>>) {
    this.#sections = sections;
  }

  get empty(): boolean {
    return policySections.every((section) => this.#sections[section].length === 0);
  }

  /** The steps of a section in their order. */
  section(section: PolicySection): readonly EffectiveStep[] {
    return this.#sections[section];
  }

  /** One line per step: section, policy, origin and the place where it is written. */
  toString(): string {
    return policySections.flatMap((section) => this.#sections[section].map(({ name, origin, path }) => `${section} ${name} (${origin}, ${path})`)).join('\n');
  }
}
