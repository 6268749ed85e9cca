import type { Type } from '@nestjs/common';
import type { HubClients } from '@portico/realtime';

/** The hubs of a gateway, for whoever has something to tell: `hubs.clients(ShopHub).group('order:42').send('orderProgress', view)`. */
export class Hubs {
  readonly #clients = new Map<Type<unknown>, HubClients>();

  /**
   * The clients of a hub.
   * @throws Error for a class that is no hub of this gateway, and before the gateway is put together
   */
  clients(hub: Type<unknown>): HubClients {
    const clients = this.#clients.get(hub);
    if (!clients) throw new Error(`${hub.name} is no hub of this gateway, or not yet: declare it with @Hub() among the providers, and ask for its clients when there is something to send`);
    return clients;
  }

  /** For the start of a gateway. */
  add(hub: Type<unknown>, clients: HubClients): void {
    this.#clients.set(hub, clients);
  }
}
