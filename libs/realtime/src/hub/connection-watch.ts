import type { Awaitable, Clock, Timer } from '@portico/core';
import type { HubConnection } from './hub-connection.js';

const lookMs = 1_000;

/** Connections that are looked at once a second as long as they last, by one timer for all of them: whoever looks may end them. */
export class ConnectionWatch {
  readonly #clock: Clock;
  readonly #look: (connections: ReadonlySet<HubConnection>) => Awaitable<void>;
  readonly #connections = new Set<HubConnection>();
  #timer: Timer | undefined;

  /** @param look must not throw; the next look comes a second after it has settled */
  constructor(clock: Clock, look: (connections: ReadonlySet<HubConnection>) => Awaitable<void>) {
    this.#clock = clock;
    this.#look = look;
  }

  add(connection: HubConnection): void {
    this.#connections.add(connection);
    connection.signal.addEventListener('abort', () => this.#connections.delete(connection), { once: true });
    this.#wait();
  }

  close(): void {
    this.#timer?.cancel();
    this.#connections.clear();
  }

  #wait(): void {
    if (this.#connections.size > 0) this.#timer ??= this.#clock.schedule(() => void this.#run(), lookMs);
  }

  async #run(): Promise<void> {
    await this.#look(this.#connections);
    this.#timer = undefined;
    this.#wait();
  }
}
