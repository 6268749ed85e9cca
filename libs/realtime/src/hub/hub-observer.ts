import type { TransportName } from '../transport/transport-channel.js';
import type { EndReason } from './end-reason.js';

/** Hears what a hub does, to count it. What it does must be quick, and must not throw. */
export interface HubObserver {
  /** A connection has its transport. */
  connectionOpened(transport: TransportName): void;
  /** Once for each that was opened, when its transport is closed. */
  connectionClosed(transport: TransportName, reason: EndReason): void;
  /**
   * A call, a result or an item was given to clients; pings and closing words are not told. Once for all recipients of a broadcast that speak the same protocol.
   * @param bytes length of its record
   */
  messageSent(bytes: number, recipients: number): void;
  /** A client has called a method, or what is none. */
  callReceived(): void;
}
