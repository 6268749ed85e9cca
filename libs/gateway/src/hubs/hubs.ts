import type { Type } from '@nestjs/common';
import type { HubClients, HubServer } from '@portico/realtime';

type Clients = Pick<HubServer, 'clients' | 'clientsHere'>;

/** The hubs of a gateway, for whoever has something to tell: `hubs.clients(ShopHub).group('order:42').send('orderProgress', view)`. */
export class Hubs {
  readonly #servers = new Map<Type<unknown>, Clients>();

  /**
   * The clients of a hub, whichever replica they are at.
   * @throws Error for a class that is no hub of this gateway, and before the gateway is put together
   */
  clients(hub: Type<unknown>): HubClients {
    return this.#find(hub).clients;
  }

  /** Those that are at this replica: for what every replica hears by itself, as from the event stream of a service. Throws as `clients`. */
  clientsHere(hub: Type<unknown>): HubClients {
    return this.#find(hub).clientsHere;
  }

  /** For the start of a gateway. */
  add(hub: Type<unknown>, clients: Clients): void {
    this.#servers.set(hub, clients);
  }

  #find(hub: Type<unknown>): Clients {
    const clients = this.#servers.get(hub);
    if (!clients) throw new Error(`${hub.name} is no hub of this gateway, or not yet: declare it with @Hub() among the providers, and ask for its clients when there is something to send`);
    return clients;
  }
}
