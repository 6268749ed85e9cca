import type { BackendClient, ServiceEntry, ServiceRuntime } from '@portico/backend-client';

type Client = Pick<BackendClient, 'service' | 'names' | 'open'>;

interface OpenService {
  /** What the file says of it: a service of which it says the same after a reload goes on as it is. */
  readonly declared: string;
  readonly runtime: ServiceRuntime;
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
   * @returns the services by name, and what ends those that are no longer used; to be called once nothing refers to them
   * @throws Error when one cannot be opened; then nothing has changed
   */
  async take(entries: Readonly<Record<string, ServiceEntry>>): Promise<{ service: (name: string) => ServiceRuntime; retire: () => Promise<void> }> {
    const next = new Map<string, OpenService>();
    const fresh: ServiceRuntime[] = [];
    try {
      for (const [name, entry] of Object.entries(entries)) {
        const declared = JSON.stringify(entry);
        const known = this.#open.get(name);
        if (known?.declared === declared) next.set(name, known);
        else {
          const runtime = await this.#client.open(name, entry, this.#onError);
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
}
