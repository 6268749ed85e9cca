import type { Awaitable } from '@portico/core';
import type { HubCommand } from './hub-command.js';
import type { HubScope, WatchedScope } from './hub-scope.js';

/** The connections of one hub in this process, as a backplane reaches them. */
export interface HubNode {
  /** Does it to those of its connections that are in the scope, and settles when it is done. Throws what serialising throws. */
  apply(scope: HubScope, command: HubCommand): Awaitable<void>;
  /** Whether one of its connections is in the scope. */
  has(scope: HubScope): boolean;
  /**
   * Calls a method of one of its clients and waits for its result.
   * @throws Error when the client answers with an error, is not here or leaves before it answers
   */
  invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
}

/** Takes what concerns connections of a hub to every replica that may hold one of them. One backplane serves one hub. */
export interface HubBackplane {
  /** What ids of connections of this process begin with, and a dot; undefined where this is the only process. */
  readonly node: string | undefined;
  /** Called once, before anything else. */
  attach(node: HubNode): void;
  /** Has it done at each replica: what this one does is done when it settles. Throws what serialising throws, at once. */
  publish(scope: HubScope, command: HubCommand): Awaitable<void>;
  /**
   * Has it done to one connection, and waits for that.
   * @returns whether there is such a connection
   */
  request(connectionId: string, command: HubCommand): Promise<boolean>;
  /** Whether a connection of any replica is in the scope. */
  has(scope: WatchedScope | Extract<HubScope, { readonly kind: 'connection' }>): Promise<boolean>;
  /** As `HubNode.invoke`, for a client of any replica. */
  invoke(connectionId: string, method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
  /** A connection of this process has come into the scope. Settles once it hears what others publish for it, or soon where that cannot be had; never rejects. */
  watch(scope: WatchedScope): Awaitable<void>;
  /** The last one has left it. */
  unwatch(scope: WatchedScope): void;
  /** Ends it, after the hub. */
  close(): Promise<void>;
}
