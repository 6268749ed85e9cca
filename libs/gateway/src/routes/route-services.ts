import type { BackendClient, ServiceEntry, ServiceForwarder, ServiceRuntime } from '@portico/backend-client';
import type { ResilienceSettings } from '@portico/resilience';
import { ServiceFamily, type OpenMember } from './service-family.js';

type Client = Pick<BackendClient, 'service' | 'names' | 'open' | 'clock'>;

/** What a route can send to. */
export interface ForwardingService {
  /** @param member for a family of services: the name of one in the registry, with placeholders of the match */
  forwarder(settings: ResilienceSettings | undefined, member: string): Pick<ServiceForwarder, 'send'>;
}

interface OpenService {
  /** What the file says of it: a service of which it says the same after a reload goes on as it is. */
  readonly declared: string;
  readonly runtime: ServiceRuntime | ServiceFamily;
}

/** The services that routes can send to: those of the gateway's configuration, and those of its files as they are now. */
export class RouteServices {
  readonly #client: Client;
  readonly #onError: (error: Error) => void;
  #open: ReadonlyMap<string, OpenService> = new Map();

  constructor(client: Client, onError: (error: Error) => void) {
    this.#client = client;
    this.#onError = onError;
  }

  /**
   * Opens what the files now declare.
   * @param families names of the entries that stand for all services of a registry
   * @returns the services by name, and what ends those that are no longer used; to be called once nothing refers to them
   * @throws Error when one cannot be opened; then nothing has changed
   */
  async take(entries: Readonly<Record<string, ServiceEntry>>, families: ReadonlySet<string>): Promise<{ service: (name: string) => ForwardingService; retire: () => Promise<void> }> {
    const next = new Map<string, OpenService>();
    const fresh: OpenService['runtime'][] = [];
    try {
      for (const [name, entry] of Object.entries(entries)) {
        const declared = JSON.stringify([families.has(name), entry]);
        const known = this.#open.get(name);
        if (known?.declared === declared) next.set(name, known);
        else {
          const runtime = families.has(name) ? this.#family(entry) : await this.#client.open(name, entry, this.#onError);
          fresh.push(runtime);
          next.set(name, { declared, runtime });
        }
      }
    } catch (error) {
      await Promise.all(fresh.map((runtime) => runtime.close()));
      throw error;
    }
    const kept = new Set([...next.values()].map(({ runtime }) => runtime));
    const gone = [...this.#open.values()].map(({ runtime }) => runtime).filter((runtime) => !kept.has(runtime));
    this.#open = next;
    return {
      service: (name) => next.get(name)?.runtime ?? this.#client.service(name),
      retire: async () => void (await Promise.all(gone.map((runtime) => runtime.retire()))),
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open.values()].map(({ runtime }) => runtime.close()));
  }

  #family(entry: ServiceEntry): ServiceFamily {
    const open: OpenMember = (name, onError) =>
      this.#client.open(name, entry, (error) => {
        onError(error);
        this.#onError(error);
      });
    return new ServiceFamily(open, this.#client.clock);
  }
}
