import { PorticoError } from '@portico/core';
import { PushHub, type PushHubDeps } from './push-hub.js';

/** The hubs of this replica by name. Each comes into being when it is first used, and stays. */
export class PushHubs {
  readonly #deps: PushHubDeps;
  readonly #maxHubs: number;
  readonly #hubs = new Map<string, Promise<PushHub>>();
  #closed = false;

  constructor(maxHubs: number, deps: PushHubDeps) {
    this.#maxHubs = maxHubs;
    this.#deps = deps;
  }

  /**
   * @param name checked
   * @throws PorticoError `GATEWAY_STOPPING`, `LIMIT_EXCEEDED` when there are too many, `SERVICE_UNAVAILABLE` while the other replicas cannot be reached
   */
  get(name: string): Promise<PushHub> {
    const known = this.#hubs.get(name);
    if (known) return known;
    if (this.#closed) throw new PorticoError('GATEWAY_STOPPING');
    if (this.#hubs.size >= this.#maxHubs) throw new PorticoError('LIMIT_EXCEEDED', { detail: `There are ${this.#maxHubs} hubs already, and no more are allowed.` });
    const opened = PushHub.open(name, this.#deps).catch((cause: unknown) => {
      this.#hubs.delete(name);
      throw new PorticoError('SERVICE_UNAVAILABLE', { cause });
    });
    this.#hubs.set(name, opened);
    return opened;
  }

  /** Ends all of them. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#hubs.values()].map(async (hub) => (await hub).close()));
  }
}
