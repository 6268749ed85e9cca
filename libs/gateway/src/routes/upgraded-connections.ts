import type { Duplex } from 'node:stream';
import type { Clock } from '@portico/core';
import { UpgradedConnection } from './upgraded-connection.js';

/** The WebSockets of a gateway. */
export class UpgradedConnections {
  readonly #clock: Clock;
  readonly #open = new Set<UpgradedConnection>();
  #stopping = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether no more are taken. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** Joins two sides until one of them ends, or both are silent for `idleTimeoutMs`. */
  join(client: Duplex, service: Duplex, idleTimeoutMs: number): void {
    const connection: UpgradedConnection = new UpgradedConnection(client, service, { idleTimeoutMs, clock: this.#clock, onClosed: () => this.#open.delete(connection) });
    this.#open.add(connection);
    if (this.#stopping) connection.goAway();
  }

  /** Ends them all with "going away"; those whose client does not close in its turn are cut off a second later. */
  stop(): void {
    this.#stopping = true;
    for (const connection of this.#open) connection.goAway();
  }
}
