import type { Clock } from '@portico/core';
import { ConnectionWatch, type HubConnection } from '@portico/realtime';
import type { PushCaller } from './push-caller.js';

/** Ends connections whose time is over, within a second. Clients may come back, with a new token. */
export class TokenWatch {
  readonly #watch: ConnectionWatch;

  constructor(clock: Clock) {
    this.#watch = new ConnectionWatch(clock, (connections) => {
      const now = clock.epochMs();
      for (const connection of connections) {
        if (now >= ((connection.caller as PushCaller).endsAtMs ?? Infinity)) connection.close('The token has ended.', true);
      }
    });
  }

  add(connection: HubConnection): void {
    if ((connection.caller as PushCaller).endsAtMs !== undefined) this.#watch.add(connection);
  }

  close(): void {
    this.#watch.close();
  }
}
