import type { Payload } from '../protocol/payload.js';
import type { ChannelListener } from './transport-channel.js';

/** What a channel tells its listener: chunks while it takes any, and its end once. */
export class ChannelEvents {
  readonly #release: () => void;
  #listener: ChannelListener | undefined;
  #deaf = false;
  #over = false;

  /** @param release lets go of the connection at its end */
  constructor(release: () => void) {
    this.#release = release;
  }

  /** Whether the end has come. */
  get over(): boolean {
    return this.#over;
  }

  /** Names the listener, before the tick ends in which the channel was made. */
  listen(listener: ChannelListener): void {
    this.#listener = listener;
  }

  /** Hands a chunk over; false when none is taken any more. */
  received(chunk: Payload): boolean {
    if (this.#deaf) return false;
    this.#listener?.received(chunk);
    return true;
  }

  /** The socket is lost. */
  interrupted(): void {
    if (!this.#over) this.#listener?.interrupted();
  }

  /** There is another socket. */
  resumed(): void {
    if (!this.#over) this.#listener?.resumed();
  }

  /** Takes no chunks from now on: this side has closed. */
  deafen(): void {
    this.#deaf = true;
  }

  /** The end; only the first counts. The listener hears of it when whoever calls the channel now has finished, so that no call of a channel calls its listener. */
  closed(error: Error | undefined): void {
    if (this.#over) return;
    this.#over = true;
    this.#deaf = true;
    this.#release();
    queueMicrotask(() => this.#listener?.closed(error));
  }
}
