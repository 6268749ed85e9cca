import type { Payload } from '../protocol/payload.js';

/** The transports, by the names that negotiate has for them. */
export const transportNames = ['WebSockets', 'ServerSentEvents', 'LongPolling'] as const;

export type TransportName = (typeof transportNames)[number];

/** What carries the bytes of one connection. */
export interface TransportChannel {
  readonly transport: TransportName;
  /** Whether it carries protocols whose records are bytes. */
  readonly carriesBinary: boolean;
  /** What was given to it and has not left this process, in bytes: a client that does not read makes it grow. */
  readonly bufferedBytes: number;
  /** Sends a record after those before it; several of one tick leave together. Does nothing once it is closed. */
  send(record: Payload): void;
  /** Lets it outlive its socket from now on: another may take the place of one that is lost, for as long as the disconnect timeout. Missing where a transport cannot. */
  outlive?(): void;
  /**
   * Ends it in good order, after what was sent.
   * @param code status of the close frame (RFC 6455 7.4.1), where the transport has one; 1000 by default
   */
  close(code?: number): void;
  /** Ends it at once; what waits is lost. */
  abort(): void;
}

/** Who hears what a channel brings. */
export interface ChannelListener {
  /** A chunk, in the order of arrival. Must not throw. */
  received(chunk: Payload): void;
  /** Its socket is lost, and nothing goes over it for now. Only for a channel that outlives sockets. */
  interrupted(): void;
  /** Another socket has taken the place of the one that was lost: chunks begin anew, and what was sent since then is gone. */
  resumed(): void;
  /** Once, when it carries nothing any more. `error` is undefined when either side ended it in good order. */
  closed(error: Error | undefined): void;
}
