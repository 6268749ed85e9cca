/** The ways in which a connection ends from this side. All do nothing once it is over. */
export interface ConnectionEnd {
  /**
   * With a last message.
   * @param error shown to the client
   * @param allowReconnect whether a client that reconnects by itself may do so
   * @param code status of the close frame (RFC 6455 7.4.1); 1000 by default
   */
  close(error: string | undefined, allowReconnect: boolean, code?: number): void;
  /** After a last message of the client. */
  leave(error: Error | undefined): void;
  /** At once, without a last message: nobody would read it. */
  drop(error: Error): void;
}
