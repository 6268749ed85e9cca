import type { Instance } from '../../instance.js';
import { parsedJson } from '../json-value.js';
import type { Registry, RegistryDependencies } from '../registry.js';
import { EurekaApplications } from './eureka-applications.js';
import { eurekaInstance } from './eureka-instance.js';
import { EurekaServers } from './eureka-servers.js';
import type { EurekaOptions } from './eureka.config.js';

// Eureka remembers changes for 3 minutes: whoever was away longer may have missed one that its hash code does not show.
const deltaHoldsMs = 120_000;

/** Eureka, asked in equal intervals: once for everything, then for what has changed, and for everything again when the two do not fit. */
export class EurekaRegistry implements Registry {
  readonly paceMs: number;
  readonly #options: EurekaOptions;
  readonly #deps: RegistryDependencies;
  readonly #servers: EurekaServers;
  readonly #applications: EurekaApplications;
  // When the applications were last right; undefined until then, and after a failure.
  #knownAt: number | undefined;

  /** @param service name of the application in Eureka, unless the options say another */
  constructor(service: string, options: EurekaOptions, deps: RegistryDependencies) {
    this.paceMs = options.refreshMs;
    this.#options = options;
    this.#deps = deps;
    this.#servers = new EurekaServers(options, deps.clock);
    this.#applications = new EurekaApplications(options.app || service);
  }

  async ask(take: (instances: readonly Instance[]) => void, signal: AbortSignal): Promise<void> {
    const { clock, report } = this.#deps;
    const since = this.#knownAt;
    this.#knownAt = undefined;
    const current = since !== undefined && clock.now() - since < deltaHoldsMs && (await this.#applyDelta(signal));
    if (!current) this.#applications.replace(parsedJson((await this.#servers.call({ path: '/apps' }, [200], signal)).body));
    this.#knownAt = clock.now();
    take([...this.#applications.instances()].flatMap((entry) => eurekaInstance(entry, this.#options, report) ?? []));
  }

  close(): Promise<void> {
    return this.#servers.close();
  }

  /** Whether what is known is right now. Servers may have deltas turned off, which they say by 403 or 404. */
  async #applyDelta(signal: AbortSignal): Promise<boolean> {
    const { status, body } = await this.#servers.call({ path: '/apps/delta' }, [200, 403, 404], signal);
    return status === 200 && this.#applications.apply(parsedJson(body));
  }
}
