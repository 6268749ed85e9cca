import type { JsonObject } from './json.js';
import { UniqueNames } from './slug.js';

/** The services that the routes call: equal ones are one, so that they share connections and what is known of their instances. */
export class ServiceBook {
  readonly #names = new UniqueNames();
  readonly #byDefinition = new Map<string, string>();
  readonly #entries: [name: string, definition: JsonObject][] = [];

  /** Name of the service with this definition; a new one is called `wanted`, or that with a number. */
  nameOf(wanted: string, definition: JsonObject): string {
    const key = JSON.stringify(definition);
    const known = this.#byDefinition.get(key);
    if (known !== undefined) return known;
    const name = this.#names.take(wanted);
    this.#byDefinition.set(key, name);
    this.#entries.push([name, definition]);
    return name;
  }

  get entries(): JsonObject {
    return Object.fromEntries(this.#entries);
  }
}
