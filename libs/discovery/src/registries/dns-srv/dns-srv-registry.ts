import { Resolver } from 'node:dns/promises';
import type { Instance } from '../../instance.js';
import { registeredInstance } from '../registered-instance.js';
import type { Registry, RegistryDependencies } from '../registry.js';
import type { DnsSrvOptions } from './dns-srv.config.js';

/** One SRV record (RFC 2782). */
export interface SrvRecord {
  readonly name: string;
  readonly port: number;
  readonly priority: number;
  readonly weight: number;
}

/** Looks up the SRV records of a name; fails as `node:dns` does. */
export type ResolveSrv = (name: string) => Promise<readonly SrvRecord[]>;

/** DNS, asked for SRV records in equal intervals: Node does not tell for how long an answer holds. Only the records of the lowest priority count. */
export class DnsSrvRegistry implements Registry {
  readonly paceMs: number;
  readonly #options: DnsSrvOptions;
  readonly #deps: RegistryDependencies;
  readonly #resolver: Resolver | undefined;
  readonly #resolve: ResolveSrv;

  /** @param resolve in place of Node's own resolver */
  constructor(options: DnsSrvOptions, deps: RegistryDependencies, resolve?: ResolveSrv) {
    this.paceMs = options.refreshMs;
    this.#options = options;
    this.#deps = deps;
    if (resolve) this.#resolve = resolve;
    else {
      const resolver = new Resolver({ timeout: options.requestTimeoutMs, tries: 2 });
      if (options.servers.length > 0) resolver.setServers(options.servers);
      this.#resolver = resolver;
      this.#resolve = (name) => resolver.resolveSrv(name);
    }
  }

  async ask(take: (instances: readonly Instance[]) => void, signal: AbortSignal): Promise<void> {
    const records = await this.#records(signal);
    const first = Math.min(...records.map(({ priority }) => priority));
    take(
      records.flatMap(({ name, port, priority, weight }) => {
        // The root as a target says that the service is not to be had; c-ares hands it over as an empty name.
        if (priority !== first || name === '' || name === '.') return [];
        // A record with weight 0 gets next to nothing beside heavier ones, and an equal share beside its like: 1 is the least there is.
        const instance = registeredInstance({ scheme: this.#options.scheme as 'http' | 'https', host: name, port, weight: weight === 0 ? 1 : weight }, this.#deps.report);
        return instance ? [instance] : [];
      }),
    );
  }

  async close(): Promise<void> {
    this.#resolver?.cancel();
  }

  async #records(signal: AbortSignal): Promise<readonly SrvRecord[]> {
    const { name } = this.#options;
    try {
      return await this.#resolve(name);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (signal.aborted) throw error;
      // Both are answers of a name server that is well: there is no such record, or not even the name.
      if (code === 'ENODATA') return [];
      if (code === 'ENOTFOUND') {
        this.#deps.report(new Error(`there is no name ${name} in DNS`));
        return [];
      }
      throw new Error(`the look-up of ${name} failed: ${code ?? (error as Error).message}`, { cause: error });
    }
  }
}
