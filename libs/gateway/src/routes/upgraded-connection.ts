import type { Duplex } from 'node:stream';
import type { Clock, Timer } from '@portico/core';
import { FrameBoundary, goingAwayToClient, goingAwayToService } from './upgrade-frames.js';

/** Longest silence while one side waits for the other to close too, in ms. */
const closeWaitMs = 1_000;

export interface UpgradedConnectionOptions {
  /** Longest silence of both sides, in ms. */
  readonly idleTimeoutMs: number;
  readonly clock: Clock;
  /** Called once, when both sides are closed. */
  readonly onClosed: () => void;
}

/**
 * A WebSocket between a client and a service: what comes from one side goes to the other, as fast as that takes it. When one side ends, what it has sent
 * is still delivered, and both are closed; when one breaks off, so does the other. Silence ends it with "going away".
 */
export class UpgradedConnection {
  readonly #client: Duplex;
  readonly #service: Duplex;
  readonly #options: UpgradedConnectionOptions;
  readonly #toClient = new FrameBoundary();
  readonly #toService = new FrameBoundary();
  #ending = false;
  #hurried = false;
  #closed = 0;
  #lastAt: number;
  #timer: Timer;

  constructor(client: Duplex, service: Duplex, options: UpgradedConnectionOptions) {
    this.#client = client;
    this.#service = service;
    this.#options = options;
    this.#lastAt = options.clock.now();
    this.#timer = options.clock.schedule(() => this.#checkSilence(), options.idleTimeoutMs);
    this.#relay(client, service, this.#toService);
    this.#relay(service, client, this.#toClient);
  }

  /** Ends the connection from this side: both others are told that the gateway is going away, where a frame may stand. */
  goAway(): void {
    this.#hurried = true;
    if (this.#ending) return;
    if (this.#toClient.reached) this.#client.write(goingAwayToClient);
    if (this.#toService.reached) this.#service.write(goingAwayToService);
    this.#end();
  }

  #relay(from: Duplex, to: Duplex, boundary: FrameBoundary): void {
    from.on('data', (chunk: Buffer) => {
      // Nobody waits any more for what comes after the end.
      if (this.#ending) return;
      this.#touch();
      boundary.take(chunk);
      if (!to.write(chunk)) from.pause();
    });
    to.on('drain', () => {
      this.#touch();
      from.resume();
    });
    from.once('end', () => this.#end());
    from.on('error', () => from.destroy());
    if (from.closed) this.#sideClosed(to);
    else from.once('close', () => this.#sideClosed(to));
  }

  #sideClosed(other: Duplex): void {
    if (!this.#ending) other.destroy();
    if (++this.#closed < 2) return;
    this.#timer.cancel();
    this.#options.onClosed();
  }

  /** Writes out what each side still gets, and waits a moment for their ends. */
  #end(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#touch();
    this.#timer.cancel();
    this.#timer = this.#options.clock.schedule(() => this.#checkSilence(), this.#limitMs);
    for (const side of [this.#client, this.#service]) {
      side.end();
      // Unread, its end would never be seen.
      side.resume();
    }
  }

  #touch(): void {
    this.#lastAt = this.#options.clock.now();
  }

  get #limitMs(): number {
    const { idleTimeoutMs } = this.#options;
    return this.#ending ? Math.min(closeWaitMs, idleTimeoutMs) : idleTimeoutMs;
  }

  #checkSilence(): void {
    const { clock, idleTimeoutMs } = this.#options;
    const silentMs = clock.now() - this.#lastAt;
    const limitMs = this.#limitMs;
    const delivering = !this.#hurried && this.#client.writableLength + this.#service.writableLength > 0;
    if (silentMs < limitMs || (this.#ending && delivering && silentMs < idleTimeoutMs)) {
      this.#timer = clock.schedule(() => this.#checkSilence(), silentMs < limitMs ? limitMs - silentMs : limitMs);
    } else if (this.#ending) {
      this.#client.destroy();
      this.#service.destroy();
    } else this.goAway();
  }
}
