import type { Caller } from '@portico/core';
import type { ChannelListener, TransportChannel } from './transport-channel.js';

/** A connection that a client has been granted: it lasts from negotiate, or from its WebSocket where that came without, to the end of its transport. */
export interface NegotiatedConnection {
  /** Public id, by which others may send to it: 128 random bits, base64url. */
  readonly id: string;
  /** What only its client knows, and names in every request of a transport (`id` in the query). The same as `id` for clients of negotiate version 0. */
  readonly token: string;
  /** Whether its client asked for stateful reconnect, and was promised it. */
  readonly resumable?: boolean;
  /** Who negotiated it, or opened it without. */
  readonly caller: Caller;
}

/** Takes a connection over once its transport is there. */
export type OpenConnection = (connection: NegotiatedConnection, channel: TransportChannel) => ChannelListener;
