import type { HubMessage } from './hub-message.js';
import type { Payload } from './payload.js';

/** Takes apart what one connection sends. */
export interface MessageReader {
  /**
   * The messages that are complete with this chunk, in their order; records may be split over chunks or share one. Messages of unknown types are left out, so are `headers`.
   * @throws HubProtocolError for what is no message, and for a record that is longer than the limit, complete or not; the connection is then to be closed
   */
  read(chunk: Payload): HubMessage[];
}

/** A format of hub messages. It has no state: readers do. */
export interface HubProtocol {
  /** As clients name it in the handshake. */
  readonly name: string;
  /** Whether its records are bytes that a transport for text cannot carry. */
  readonly binary: boolean;
  /** One message as a whole record, framed: the same record may be sent to any number of connections. */
  write(message: HubMessage): Payload;
  /** @param maxRecordBytes longest record that is taken, in bytes */
  reader(maxRecordBytes: number): MessageReader;
}
