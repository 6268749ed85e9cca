import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';

/** One message as a record of each protocol. */
export interface HubRecords {
  /** Serialised at the first question for this protocol: who asks for none pays for none. */
  for(protocol: HubProtocol): Payload;
}

/** What happens to connections, wherever they are. */
export type HubCommand =
  | { readonly kind: 'send'; readonly records: HubRecords }
  /** They end with a last message, and clients that reconnect by themselves may do so. */
  | { readonly kind: 'close'; readonly reason: string | undefined }
  | { readonly kind: 'join'; readonly group: string }
  /** Without a group: all of theirs. */
  | { readonly kind: 'leave'; readonly group: string | undefined };
