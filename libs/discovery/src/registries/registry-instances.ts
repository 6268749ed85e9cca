import type { Clock, Random } from '@portico/core';
import type { Instance } from '../instance.js';
import type { InstanceSource } from '../instance-source.js';
import { backoffMs } from './backoff.js';
import { fitWeights } from './fit-weights.js';
import { pause } from './pause.js';
import type { Registry } from './registry.js';
import type { RegistryOptions } from './registry.config.js';
import { sameInstances } from './same-instances.js';

/** What the source needs from outside. */
export interface RegistryInstancesDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Told of every failure, also the hundredth of the same kind. Must not throw. */
  readonly report: (error: unknown) => void;
}

/**
 * The instances that a registry knows. While it cannot be asked, the last known ones stay; what it says is believed, also that there are none.
 * It never throws: failures are reported, and the registry is asked again after a growing pause.
 */
export class RegistryInstances implements InstanceSource {
  /** Resolves with the registry's first answer, or without one when `startTimeoutMs` have passed or the source was closed; never rejects. */
  readonly started: Promise<void>;
  readonly #registry: Registry;
  readonly #options: RegistryOptions;
  readonly #deps: RegistryInstancesDependencies;
  readonly #listeners = new Set<(instances: readonly Instance[]) => void>();
  readonly #stop = new AbortController();
  #instances: readonly Instance[] = [];
  #failures = 0;
  #answered: () => void = () => {};

  /** Begins to ask at once. */
  constructor(registry: Registry, options: RegistryOptions, deps: RegistryInstancesDependencies) {
    this.#registry = registry;
    this.#options = options;
    this.#deps = deps;
    this.started = new Promise((resolve) => {
      const late = deps.clock.schedule(resolve, options.startTimeoutMs);
      this.#answered = () => {
        late.cancel();
        resolve();
      };
    });
    void this.#follow();
  }

  current(): readonly Instance[] {
    return this.#instances;
  }

  subscribe(listener: (instances: readonly Instance[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#listeners.clear();
    this.#answered();
    await this.#registry.close();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stop;
    const { clock, random, report } = this.#deps;
    while (!signal.aborted) {
      const begun = clock.now();
      try {
        await this.#registry.ask((instances) => this.#take(instances), signal);
        this.#failures = 0;
        await pause(clock, begun + this.#registry.paceMs - clock.now(), signal);
      } catch (error) {
        if (signal.aborted) return;
        report(error);
        await pause(clock, backoffMs(++this.#failures, this.#options, random), signal);
      }
    }
  }

  #take(instances: readonly Instance[]): void {
    if (this.#stop.signal.aborted) return;
    this.#failures = 0;
    // One address is one instance, whatever it is registered as; the order of an answer means nothing.
    const byId = new Map(instances.map((instance) => [instance.id, instance]));
    const next = fitWeights([...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    if (!sameInstances(next, this.#instances)) {
      this.#instances = next;
      for (const listener of this.#listeners) this.#tell(listener);
    }
    this.#answered();
  }

  #tell(listener: (instances: readonly Instance[]) => void): void {
    try {
      listener(this.#instances);
    } catch (error) {
      this.#deps.report(error);
    }
  }
}
