import type { ConfigClass } from '@portico/config';
import type { ConfiguredPolicy, PolicyClass } from './configured-policy.js';
import { policyTypeOf } from './policy-type.decorator.js';

/** Makes the instance of a policy class: with a dependency injector behind it, its constructor may ask for what it needs. */
export type MakePolicy = (type: PolicyClass) => ConfiguredPolicy;

const plainInstance: MakePolicy = (type) => new (type as new () => ConfiguredPolicy)();

/** The policies that a configuration can name, and the one instance of each. */
export class PolicyRegistry {
  readonly #types: ReadonlyMap<string, PolicyClass>;
  readonly #instances = new Map<PolicyClass, ConfiguredPolicy>();
  readonly #make: MakePolicy;

  /** @throws TypeError when two classes have one name, or a class has no `@PolicyType()` */
  constructor(types: readonly PolicyClass[], make: MakePolicy = plainInstance) {
    const byName = new Map<string, PolicyClass>();
    for (const type of types) {
      const { name } = policyTypeOf(type);
      const other = byName.get(name);
      if (other) throw new TypeError(`Two policies are called ${name}: ${other.name} and ${type.name}`);
      byName.set(name, type);
    }
    this.#types = byName;
    this.#make = make;
  }

  /** In the order in which the classes were given. */
  get names(): readonly string[] {
    return [...this.#types.keys()];
  }

  /** The option class of every policy by its name: what a configuration file may say. */
  get optionClasses(): ReadonlyMap<string, ConfigClass> {
    return new Map([...this.#types].map(([name, type]) => [name, policyTypeOf(type).options]));
  }

  /** The class of that name; undefined when no policy has it. */
  typeOf(name: string): PolicyClass | undefined {
    return this.#types.get(name);
  }

  /** The instance of a class, made when it is first asked for; also of one that only a decorator names. */
  instanceOf(type: PolicyClass): ConfiguredPolicy {
    const known = this.#instances.get(type);
    if (known) return known;
    const made = this.#make(type);
    this.#instances.set(type, made);
    return made;
  }
}
