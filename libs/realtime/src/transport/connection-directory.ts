import { randomBytes } from 'node:crypto';
import type { Caller, Timer } from '@portico/core';
import type { ChannelEvents } from './channel-events.js';
import type { DelayQueue } from './delay-queue.js';
import type { EventStreamChannel } from './event-stream.channel.js';
import type { LongPollingChannel } from './long-polling.channel.js';
import type { NegotiatedConnection } from './negotiated-connection.js';
import type { WebSocketChannel } from './web-socket.channel.js';

/** A channel with what its connection hears. */
export interface OpenTransport {
  readonly channel: WebSocketChannel | EventStreamChannel | LongPollingChannel;
  readonly events: ChannelEvents;
}

/** What is known of a connection. */
export interface DirectoryEntry {
  readonly connection: NegotiatedConnection;
  /** Missing until the first request of its transport. */
  open?: OpenTransport;
}

/** The connections of one hub by their tokens, from negotiate to the end. */
export class ConnectionDirectory {
  readonly #entries = new Map<string, DirectoryEntry>();
  readonly #unused = new Map<DirectoryEntry, Timer>();
  readonly #idle: DelayQueue;
  readonly #maxConnections: number;
  readonly #prefix: string;
  #stopped = false;

  /**
   * @param idle drops what is never used
   * @param node what ids begin with, and a dot; undefined where this is the only process
   */
  constructor(idle: DelayQueue, maxConnections: number, node?: string) {
    this.#idle = idle;
    this.#maxConnections = maxConnections;
    this.#prefix = node === undefined ? '' : `${node}.`;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Whether there are as many as may be. */
  get full(): boolean {
    return this.#entries.size >= this.#maxConnections;
  }

  /**
   * A new connection; undefined when there are too many.
   * @param hasToken whether it has a token besides its id
   * @param resumable whether it is promised stateful reconnect
   */
  grant(caller: Caller, hasToken: boolean, resumable: boolean): NegotiatedConnection | undefined {
    if (this.full) return undefined;
    const id = this.#prefix + randomId();
    const connection = { id, token: hasToken ? this.#prefix + randomId() : id, resumable, caller };
    const entry = { connection };
    this.#entries.set(connection.token, entry);
    this.#unused.set(entry, this.#idle.add(() => this.delete(entry)));
    return connection;
  }

  find(token: string): DirectoryEntry | undefined {
    return this.#entries.get(token);
  }

  /** Whether a token is one that another replica has given out. */
  isElsewhere(token: string): boolean {
    return this.#prefix !== '' && token.includes('.') && !token.startsWith(this.#prefix);
  }

  /** Notes that it has a transport. */
  use(entry: DirectoryEntry, open: OpenTransport): void {
    entry.open = open;
    this.#unused.get(entry)?.cancel();
    this.#unused.delete(entry);
  }

  delete(entry: DirectoryEntry): void {
    this.#entries.delete(entry.connection.token);
    this.#unused.get(entry)?.cancel();
    this.#unused.delete(entry);
  }

  /** Grants nothing any more, and drops what has no transport yet. */
  stop(): void {
    this.#stopped = true;
    for (const entry of this.#unused.keys()) this.delete(entry);
  }
}

/** 128 random bits, base64url. */
function randomId(): string {
  return randomBytes(16).toString('base64url');
}
