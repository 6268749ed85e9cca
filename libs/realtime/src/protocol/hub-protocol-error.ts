/** What a client sent is no hub message, or too long for one. The message may be shown to that client. */
export class HubProtocolError extends Error {
  override readonly name = 'HubProtocolError';
}
