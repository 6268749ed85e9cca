import { startServices } from './service-process.js';

/** Faults of a service, as `PUT /__faults` takes them. */
export interface ShopFaults {
  readonly latencyMs?: number;
  readonly errorRate?: number;
  readonly errorStatus?: number;
  readonly truncateRate?: number;
  readonly resetRate?: number;
  readonly answer?: 'normal' | 'html' | 'wrong-type' | 'huge';
}

/** A request as a service of the shop noted it. */
export interface NotedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly aborted: boolean;
}

/** The shop's real services in a process of their own. */
export interface TestShop {
  /** Origin of each service by name. */
  readonly origins: Readonly<Record<string, string>>;
  /** Turns a service's faults on; an empty object turns them off. */
  faults(service: string, faults: ShopFaults): Promise<void>;
  /** The latest requests of a service. */
  requests(service: string): Promise<readonly NotedRequest[]>;
  close(): Promise<void>;
}

const names = ['identity', 'catalog', 'pricing', 'inventory', 'reviews', 'recommendations', 'basket', 'ordering', 'customers', 'shipping'];

/**
 * Starts the shop on free ports.
 * @param settings of its services, as environment variables
 * @throws Error when its bundle is not built
 */
export async function startTestShop(settings: Readonly<Record<string, string>> = {}): Promise<TestShop> {
  const { origins, end } = await startServices(names, settings);
  return {
    origins,
    faults: async (service, faults) => {
      const answer = await fetch(`${origins[service]}/__faults`, { method: 'DELETE' });
      await answer.arrayBuffer();
      if (Object.keys(faults).length === 0) return;
      const set = await fetch(`${origins[service]}/__faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(faults) });
      if (!set.ok) throw new Error(`${service} refused the faults: ${await set.text()}`);
    },
    requests: async (service) => ((await (await fetch(`${origins[service]}/__requests`)).json()) as { items: NotedRequest[] }).items,
    close: end,
  };
}
