import type { NegotiatedConnection } from './negotiated-connection.js';
import { queryValue } from './request-query.js';
import { transportNames, type TransportName } from './transport-channel.js';

/** The answer to negotiate; `body` goes out as JSON. */
export interface NegotiateAnswer {
  /** 503 when no connections are taken, now or any more. What is wrong with a question is answered with 200 and an `error`, as clients expect. */
  readonly status: 200 | 503;
  readonly body: Readonly<Record<string, unknown>>;
  /** What was granted, if anything was. */
  readonly connection?: NegotiatedConnection;
}

/** Versions of negotiate: since 1 a connection has a token besides its id. */
export type NegotiateVersion = 0 | 1;

const formats: Record<TransportName, readonly string[]> = { WebSockets: ['Text', 'Binary'], ServerSentEvents: ['Text'], LongPolling: ['Text', 'Binary'] };

/** The version to speak with a client: the older of its own, 0 when it names none, and ours. Undefined for what is no version. */
export function negotiateVersion(query: URLSearchParams): NegotiateVersion | undefined {
  const version = queryValue(query, 'negotiateVersion') ?? '0';
  if (!/^\d+$/.test(version)) return undefined;
  return Number(version) > 0 ? 1 : 0;
}

/** Whether a client asks for stateful reconnect. */
export function asksToResume(query: URLSearchParams): boolean {
  return queryValue(query, 'useStatefulReconnect')?.toLowerCase() === 'true';
}

/** What a client is told of a connection that it was granted. */
export function grantedAnswer(connection: NegotiatedConnection, version: NegotiateVersion, transports: readonly TransportName[]): NegotiateAnswer {
  const availableTransports = transportNames.filter((name) => transports.includes(name)).map((transport) => ({ transport, transferFormats: formats[transport] }));
  const ids = version === 0 ? { connectionId: connection.id } : { connectionId: connection.id, connectionToken: connection.token };
  // A client that has not asked for it takes it for a fault.
  const reconnect = connection.resumable ? { useStatefulReconnect: true } : {};
  return { status: 200, body: { negotiateVersion: version, ...ids, ...reconnect, availableTransports }, connection };
}

/** An answer that stops the client. */
export function negotiateError(status: 200 | 503, error: string): NegotiateAnswer {
  return { status, body: { error } };
}
