import type { Awaitable } from '@portico/core';
import type { HubConnection } from './hub-connection.js';

/** A call of a hub's method, as the method gets it. */
export interface HubCall {
  readonly connection: HubConnection;
  /** By which its answer is known; undefined when the client waits for none. */
  readonly id?: string | undefined;
  /** In the order of the method's parameters; for a stream that the client sends along an `AsyncIterable`. */
  readonly arguments: readonly unknown[];
  /** Aborts when the client gives the call up or is gone. */
  readonly signal: AbortSignal;
}

/** A method that clients may call. */
export interface HubMethodDefinition {
  /** As errors name it; clients may write it in any case. */
  readonly name: string;
  /** Whether it answers with a stream: an `AsyncIterable`, or the promise of one. */
  readonly streams: boolean;
  /** Positions of the parameters that are streams of the client; they are missing from the arguments on the wire. */
  readonly streamParameters: readonly number[];
  /** May throw: a `HubError` reaches the client with its message, anything else as an unexpected error. */
  invoke(call: HubCall): unknown;
}

/** What a hub offers and hears. */
export interface HubDefinition {
  /** As in `/hubs/<name>`. */
  readonly name: string;
  readonly methods: readonly HubMethodDefinition[];
  /** Takes calls of methods that are not among `methods`, by their name as the client wrote it; without it such a call fails. */
  fallback?(target: string): HubMethodDefinition;
  /** Before the first call of a connection is made. When it fails, the connection is closed. */
  connected?(connection: HubConnection): Awaitable<void>;
  /** Once for each connection that was connected. `error` is undefined when it ended in good order. */
  disconnected?(connection: HubConnection, error: Error | undefined): Awaitable<void>;
}
