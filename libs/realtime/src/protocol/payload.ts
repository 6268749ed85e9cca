/** What a transport carries: text for protocols that are text, bytes for those that are not. */
export type Payload = string | Uint8Array;
