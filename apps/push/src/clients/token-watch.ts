import type { Clock, Timer } from '@portico/core';
import type { HubConnection } from '@portico/realtime';
import type { PushCaller } from './push-caller.js';

const lookMs = 1_000;

/** Ends connections whose time is over, within a second. Clients may come back, with a new token. */
export class TokenWatch {
  readonly #clock: Clock;
  readonly #connections = new Set<HubConnection>();
  #timer: Timer | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(connection: HubConnection): void {
    if ((connection.caller as PushCaller).endsAtMs === undefined) return;
    this.#connections.add(connection);
    connection.signal.addEventListener('abort', () => this.#connections.delete(connection), { once: true });
    this.#wait();
  }

  close(): void {
    this.#timer?.cancel();
    this.#connections.clear();
  }

  #wait(): void {
    if (this.#connections.size > 0) this.#timer ??= this.#clock.schedule(() => this.#look(), lookMs);
  }

  #look(): void {
    const now = this.#clock.epochMs();
    for (const connection of this.#connections) {
      if (now >= ((connection.caller as PushCaller).endsAtMs ?? Infinity)) connection.close('The token has ended.', true);
    }
    this.#timer = undefined;
    this.#wait();
  }
}
