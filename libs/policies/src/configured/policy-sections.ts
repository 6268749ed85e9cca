import type { PolicySection } from '../policy-section.js';

/** A policy as a configuration names it. */
export interface PolicyEntry {
  readonly name: string;
  /** Plain values or an instance of the policy's option class; absent for its defaults. */
  readonly options?: unknown;
}

/** What a scope configures. `base` stands where the wider scope's policies run; a section that is absent is `['base']`, an empty one leaves them out. */
export type PolicySections = { readonly [S in PolicySection]?: readonly ('base' | PolicyEntry)[] | undefined };

/** The policies of one scope, and where they are written. */
export interface PolicyScope {
  /** For faults, as `routes.product-images.policies`. */
  readonly path: string;
  readonly sections: PolicySections;
}
