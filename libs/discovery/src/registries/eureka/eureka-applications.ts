import { listOf, objectOf, textOf, type JsonObject } from '../json-value.js';

/**
 * The applications that Eureka knows, kept up to date by its deltas. Of the application that is wanted every instance is kept as it came,
 * of the others only the status: Eureka's hash code counts them all.
 */
export class EurekaApplications {
  readonly #app: string;
  #statuses = new Map<string, string>();
  #instances = new Map<string, JsonObject>();

  /** @param app name of the application that is wanted, in any case */
  constructor(app: string) {
    this.#app = app.toUpperCase();
  }

  /** Forgets what is known and takes a whole answer of `/apps`. @throws Error when it is none */
  replace(answer: unknown): void {
    const entries = entriesOf(answer);
    this.#statuses = new Map();
    this.#instances = new Map();
    for (const entry of entries) this.#put(entry);
  }

  /**
   * Takes an answer of `/apps/delta`. The result is whether all is as Eureka's hash code says; if not, only a whole answer helps.
   * @throws Error when it is no delta
   */
  apply(answer: unknown): boolean {
    for (const entry of entriesOf(answer)) {
      if (entry.instance.actionType === 'DELETED') {
        this.#statuses.delete(entry.key);
        this.#instances.delete(entry.key);
      } else this.#put(entry);
    }
    return textOf(objectOf(objectOf(answer).applications).apps__hashcode) === this.hashCode();
  }

  /** The instances of the wanted application, of any status. */
  instances(): Iterable<JsonObject> {
    return this.#instances.values();
  }

  /** How many instances have each status, as Eureka writes it: `DOWN_1_UP_3_`. */
  hashCode(): string {
    const counts = new Map<string, number>();
    for (const status of this.#statuses.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).reduce((text, [status, count]) => `${text}${status}_${count}_`, '');
  }

  #put({ app, key, instance }: Entry): void {
    this.#statuses.set(key, textOf(instance.status) || 'UNKNOWN');
    if (app === this.#app) this.#instances.set(key, instance);
  }
}

interface Entry {
  readonly app: string;
  readonly key: string;
  readonly instance: JsonObject;
}

function entriesOf(answer: unknown): Entry[] {
  const { applications } = objectOf(answer);
  if (typeof applications !== 'object' || applications === null) throw new Error('its answer is no list of applications');
  return oneOrMore(objectOf(applications).application).flatMap((application) => {
    const app = textOf(objectOf(application).name).toUpperCase();
    return oneOrMore(objectOf(application).instance).map((value) => {
      const instance = objectOf(value);
      return { app, key: `${app}/${textOf(instance.instanceId) || textOf(instance.hostName)}`, instance };
    });
  });
}

// Some servers write a list of one as the one.
function oneOrMore(value: unknown): readonly unknown[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value] : listOf(value);
}
