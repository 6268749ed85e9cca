import type { Clock, Random } from '@portico/core';
import type { Instance } from '../instance.js';

/** A place that knows the instances of a service, in its own protocol. `RegistryInstances` follows it and bears its failures. */
export interface Registry {
  /** Shortest time from the beginning of one `ask` to the beginning of the next, in ms. */
  readonly paceMs: number;
  /**
   * Asks once, which may take as long as something changes: each list of instances that is learned is given to `take`, an empty one too.
   * It resolves when the registry is to be asked again.
   * @throws whatever went wrong; it is asked again after a pause
   */
  ask(take: (instances: readonly Instance[]) => void, signal: AbortSignal): Promise<void>;
  /** Frees what it holds; the signal of a running `ask` is aborted already. */
  close(): Promise<void>;
}

/** What the registries need from outside. */
export interface RegistryDependencies {
  readonly clock: Clock;
  readonly random: Random;
  /** Told of what a registry said that was not used. Must not throw. */
  readonly report: (error: Error) => void;
}
