import type { Awaitable, Caller } from '@portico/core';
import type { HubProtocol } from '../protocol/hub-protocol.js';

/** A client that is connected to a hub, as methods and events of the hub see it. */
export interface HubConnection {
  readonly id: string;
  readonly caller: Caller;
  /** What it speaks. */
  readonly protocol: HubProtocol;
  /** Whatever a hub keeps of it while it lasts. */
  readonly items: Map<string, unknown>;
  /** Aborts when it is over. */
  readonly signal: AbortSignal;
  /** Sends to this client alone. */
  send(method: string, ...args: readonly unknown[]): void;
  /** Puts it into a group; nothing when it is there. It leaves every group when it ends. Settles once what any replica sends to the group reaches it. */
  join(group: string): Awaitable<void>;
  leave(group: string): void;
  /**
   * Ends it with a last message.
   * @param error shown to the client
   * @param allowReconnect whether the client may come back by itself; false by default
   */
  close(error?: string, allowReconnect?: boolean): void;
}
