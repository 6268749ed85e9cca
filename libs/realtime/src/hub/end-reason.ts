/**
 * Why a connection ended, in classes that can be counted: its client `left`, which it said; it was `lost`, for the network broke or the client fell silent; the client was `slow`, for it did not read;
 * what it sent was `malformed` or too large; it was `refused`, for it sent too much in a second or no handshake in time; the hub `closed` it; the hub was `stopping`; or this side `failed`.
 */
export type EndReason = 'left' | 'lost' | 'slow' | 'malformed' | 'refused' | 'closed' | 'stopping' | 'failed';

const byCloseCode: Readonly<Record<number, EndReason>> = { 1001: 'stopping', 1002: 'malformed', 1008: 'refused', 1011: 'failed' };

/** A fault that ends a connection for a reason which is not plain from where it comes. */
export class ConnectionFault extends Error {
  readonly reason: EndReason;

  constructor(reason: EndReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Why a connection ended whose channel ended, or whose client said so. */
export function endReasonOf(error: Error | undefined): EndReason {
  if (error === undefined) return 'left';
  if (error instanceof ConnectionFault) return error.reason;
  // So begin the codes of what breaks RFC 6455.
  return (error as NodeJS.ErrnoException).code?.startsWith('WS_ERR_') ? 'malformed' : 'lost';
}

/** Why a connection ended that this side closed with a code (RFC 6455 7.4.1). */
export function closeReasonOf(code: number | undefined): EndReason {
  return byCloseCode[code ?? 0] ?? 'closed';
}
