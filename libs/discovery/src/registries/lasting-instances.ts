import type { Clock, Timer } from '@portico/core';
import type { Instance } from '../instance.js';
import type { InstanceSource } from '../instance-source.js';

/** Does not believe at once that a service has no instances any more: a registry that has lost its data knows nobody until all have registered again. The last known ones stay for a while. */
export class LastingInstances implements InstanceSource {
  readonly #source: InstanceSource;
  readonly #emptyAfterMs: number;
  readonly #clock: Clock;
  readonly #listeners = new Set<(instances: readonly Instance[]) => void>();
  readonly #unsubscribe: () => void;
  #instances: readonly Instance[];
  #doubt: Timer | undefined;

  /** @param emptyAfterMs after which the source is believed that says that there are none */
  constructor(source: InstanceSource, emptyAfterMs: number, clock: Clock) {
    this.#source = source;
    this.#emptyAfterMs = emptyAfterMs;
    this.#clock = clock;
    this.#instances = source.current();
    this.#unsubscribe = source.subscribe((instances) => this.#take(instances));
  }

  current(): readonly Instance[] {
    return this.#instances;
  }

  subscribe(listener: (instances: readonly Instance[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#unsubscribe();
    this.#doubt?.cancel();
    this.#listeners.clear();
    return this.#source.close();
  }

  #take(instances: readonly Instance[]): void {
    this.#doubt?.cancel();
    if (instances.length > 0) this.#tell(instances);
    else this.#doubt = this.#clock.schedule(() => this.#tell(instances), this.#emptyAfterMs);
  }

  #tell(instances: readonly Instance[]): void {
    this.#instances = instances;
    for (const listener of this.#listeners) listener(instances);
  }
}
