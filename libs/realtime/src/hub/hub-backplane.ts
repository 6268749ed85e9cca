import type { HubProtocol } from '../protocol/hub-protocol.js';
import type { Payload } from '../protocol/payload.js';

/** Which connections of a hub a message is for. */
export type HubScope =
  | { readonly kind: 'all'; readonly except?: ReadonlySet<string> | undefined }
  | { readonly kind: 'group'; readonly name: string; readonly except?: ReadonlySet<string> | undefined }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'connection'; readonly id: string };

/** One message as a record of each protocol. */
export interface HubRecords {
  /** Serialised at the first question for this protocol: who asks for none pays for none. */
  for(protocol: HubProtocol): Payload;
}

/** Gives a message to those connections of this process that are in its scope. */
export type HubDelivery = (scope: HubScope, records: HubRecords) => void;

/** Takes what is sent to connections of a hub to every replica that may hold one of them. One backplane serves one hub. */
export interface HubBackplane {
  /** Called once, before anything is published: `deliver` is to be called at each replica, this one as well, for whatever any of them publishes. */
  attach(deliver: HubDelivery): void;
  /** Waits for nothing. Throws what serialising throws. */
  publish(scope: HubScope, records: HubRecords): void;
}
