import { encode } from '@msgpack/msgpack';
import { ForwardedHubError, HubProtocolError, type HubCall, type HubMessage, type HubProtocol } from '@portico/realtime';
import type { WebhookAnswer } from './webhook.js';

const separator = '\x1e';

/** Types of messages on the wire (SignalR Hub Protocol). */
const type = { invocation: 1, completion: 3 } as const;

/** A call as the message that the client has sent, in its protocol, without what frames it. */
export function callBody(target: string, { id, arguments: args, connection: { protocol } }: HubCall): string | Uint8Array<ArrayBuffer> {
  if (!protocol.binary) return (protocol.write({ type: type.invocation, invocationId: id, target, arguments: args }) as string).slice(0, -separator.length);
  return encode([type.invocation, {}, id ?? null, target, args, []]);
}

/** Media type of such a body. */
export function callType(protocol: HubProtocol): string {
  return protocol.binary ? 'application/x-msgpack' : 'application/json';
}

/**
 * The result of a call that a service was asked for: undefined for none.
 * @throws ForwardedHubError with the service's error, or why it has not answered
 */
export function resultOf({ status, body }: WebhookAnswer, { id, connection: { protocol } }: HubCall): unknown {
  if (status !== 200 && status !== 204) throw new ForwardedHubError(`Invocation failed, status code ${status}`);
  if (body === undefined) throw new ForwardedHubError('Invocation failed, response too large.');
  if (body.length === 0 || id === undefined) return undefined;
  const completion = completionIn(body, protocol);
  if (completion?.invocationId !== id) throw new ForwardedHubError('Invocation failed, the response is no completion of it.');
  if (completion.error !== undefined) throw new ForwardedHubError(completion.error);
  return completion.hasResult ? completion.result : undefined;
}

function completionIn(body: Uint8Array, protocol: HubProtocol): Extract<HubMessage, { type: 3 }> | undefined {
  const text = protocol.binary ? undefined : Buffer.from(body).toString().trim();
  try {
    // Services may leave the end of the record to us.
    const [message, ...more] = protocol.reader(body.length + 1).read(text === undefined ? body : text.endsWith(separator) ? text : text + separator);
    return message?.type === type.completion && more.length === 0 ? message : undefined;
  } catch (error) {
    if (error instanceof HubProtocolError) return undefined;
    throw error;
  }
}
