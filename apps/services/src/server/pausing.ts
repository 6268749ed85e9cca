import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stops and starts listening without touching what serves the requests; doing either twice changes nothing. */
export function pausing(server: Server, { address, port }: AddressInfo): { pause(): Promise<void>; resume(): Promise<void> } {
  return {
    pause: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
    resume: async () => {
      if (server.listening) return;
      const listening = once(server, 'listening');
      server.listen({ host: address, port });
      await listening;
    },
  };
}
