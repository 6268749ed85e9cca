import type { Redis } from 'ioredis';

interface Listener {
  readonly onMessage: (message: Buffer) => void;
  readonly onReady: (() => void) | undefined;
}

/** Who listens to which channel, on one connection that is opened for the first of them. */
export class Subscriptions {
  readonly #open: () => Redis;
  readonly #prefix: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #connection: Redis | undefined;

  constructor(open: () => Redis, prefix: string) {
    this.#open = open;
    this.#prefix = prefix;
  }

  async add(channel: string, onMessage: (message: Buffer) => void, onReady?: () => void): Promise<() => Promise<void>> {
    const name = this.#prefix + channel;
    const listener: Listener = { onMessage, onReady };
    const connection = this.#connect();
    const known = this.#listeners.get(name);
    if (known) known.add(listener);
    else this.#listeners.set(name, new Set([listener]));
    await connection.subscribe(name);
    onReady?.();
    return () => this.#remove(name, listener);
  }

  close(): void {
    this.#connection?.disconnect();
    this.#listeners.clear();
  }

  async #remove(name: string, listener: Listener): Promise<void> {
    const listeners = this.#listeners.get(name);
    if (!listeners?.delete(listener) || listeners.size > 0) return;
    this.#listeners.delete(name);
    await this.#connection?.unsubscribe(name);
  }

  #connect(): Redis {
    if (this.#connection) return this.#connection;
    const connection = this.#open();
    connection.on('messageBuffer', (name: Buffer, message: Buffer) => this.#listeners.get(name.toString())?.forEach(({ onMessage }) => onMessage(message)));
    // The client subscribes again by itself; what was said while it was away is lost.
    let first = true;
    connection.on('ready', () => {
      if (!first) for (const listeners of this.#listeners.values()) for (const { onReady } of listeners) onReady?.();
      first = false;
    });
    return (this.#connection = connection);
  }
}
