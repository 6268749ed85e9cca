import type { HubDefinition, HubMethodDefinition } from './hub-definition.js';

/** The methods of a hub, by names whose case does not matter. */
export class MethodTable {
  readonly #methods = new Map<string, HubMethodDefinition>();
  readonly #definition: HubDefinition;

  /** @throws Error for two methods whose names differ in case alone */
  constructor(definition: HubDefinition) {
    const { name, methods } = (this.#definition = definition);
    for (const method of methods) {
      const key = method.name.toLowerCase();
      const other = this.#methods.get(key);
      if (other) throw new Error(`Hub '${name}' has the methods '${other.name}' and '${method.name}': clients cannot tell them apart.`);
      this.#methods.set(key, method);
    }
  }

  find(target: string): HubMethodDefinition | undefined {
    return this.#methods.get(target.toLowerCase()) ?? this.#definition.fallback?.(target);
  }
}
