import type { Duplex, Readable } from 'node:stream';
import { repeatableMethods, timeoutHeader, type ForwardCall, type ForwardedAnswer } from '@portico/backend-client';
import { isPorticoError, PorticoError, type Clock, type ForwardRequest, type RequestContext, type ServiceAnswer } from '@portico/core';
import { responseHeaders, rewriteServiceAddresses } from '@portico/policies';
import { bodyToSend } from './request-body.js';
import type { RouteBinding } from './route-binding.js';

const webSocket = 'websocket';

/**
 * Step 6 for a configured route: passes a request on, inside the backend section of its policies.
 * @param onSocket asks for a WebSocket, and is given the connection of a service that agrees
 */
export function forwardRequest(context: RequestContext, binding: RouteBinding, clock: Clock, onSocket?: (socket: Duplex) => void): Promise<ServiceAnswer> {
  const forward = context.forward as ForwardRequest;
  const exchange = { context, forward, binding, clock, onSocket };
  return binding.pipeline.backend(context, forward, () => (forward.body === undefined ? send(exchange, undefined) : sendBody(exchange)));
}

/** A request on its way to its service. */
interface ForwardedExchange {
  readonly context: RequestContext;
  readonly forward: ForwardRequest;
  readonly binding: RouteBinding;
  readonly clock: Clock;
  readonly onSocket: ((socket: Duplex) => void) | undefined;
}

async function sendBody(exchange: ForwardedExchange): Promise<ServiceAnswer> {
  const prepared = bodyToSend(exchange.forward, exchange.binding.definition.maxBodyBytes);
  // A stream may fail in the very next moment: its failure is listened for before that.
  const body = prepared instanceof Promise ? await prepared : prepared;
  if (body === undefined || Buffer.isBuffer(body)) return send(exchange, body);
  const failure = failureOf(body);
  try {
    return await send(exchange, body);
  } catch (error) {
    // What broke the exchange may have been the client's own body.
    throw failure() ?? error;
  }
}

function send(exchange: ForwardedExchange, body: ForwardCall['body']): Promise<ServiceAnswer> {
  const { context, forward, binding, clock, onSocket } = exchange;
  const { definition, forwarder } = binding;
  const call = callOf(context, forward, body, onSocket && webSocket, definition.idleTimeoutMs, clock);
  const repeatable = repeatableMethods.has(forward.method) && (body === undefined || Buffer.isBuffer(body));
  return forwarder.send(call, { dueAt: context.deadline.endsAt, repeatable, cancellation: context.cancellation }).then((answer) => received(exchange, answer));
}

function received({ forward, binding, onSocket }: ForwardedExchange, answer: ForwardedAnswer): ServiceAnswer {
  const at = answer.instance?.instance;
  forward.serviceBaseUrl = at && at.origin + (at.pathPrefix ?? '');
  if (answer.socket) takeSocket(answer.socket, answer.fields.get('upgrade'), onSocket);
  const headers = responseHeaders(answer.fields.inTurn());
  const { publicAddress } = binding.definition.to;
  if (publicAddress !== undefined && at) rewriteServiceAddresses(headers, { from: at.origin, to: publicAddress });
  return { status: answer.status, headers, body: answer.body() };
}

function takeSocket(socket: Duplex, protocol: string | undefined, onSocket: ((socket: Duplex) => void) | undefined): void {
  if (onSocket && protocol?.toLowerCase() === webSocket) return onSocket(socket);
  socket.destroy();
  throw new PorticoError('SERVICE_ANSWER_INVALID', { cause: new Error(`A service upgraded to ${protocol} where a WebSocket was asked for`) });
}

function callOf(context: RequestContext, { method, path, query, headers }: ForwardRequest, body: ForwardCall['body'], upgrade: string | undefined, idleTimeoutMs: number, clock: Clock): ForwardCall {
  const fields = headers.inTurn();
  fields.push(timeoutHeader, String(Math.max(1, Math.floor(context.deadline.endsAt - clock.now()))), 'x-correlation-id', context.id, 'traceparent', context.traceparent);
  if (context.trace.state !== '') fields.push('tracestate', context.trace.state);
  return { method, path: query === '' ? path : `${path}?${query}`, headers: fields, body, upgrade, idleTimeoutMs, context };
}

function failureOf(body: Readable): () => PorticoError | undefined {
  let failure: PorticoError | undefined;
  body.once('error', (error) => {
    if (isPorticoError(error)) failure = error;
  });
  return () => failure;
}
