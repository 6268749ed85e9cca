import { buffer } from 'node:stream/consumers';
import type { Cancellable, RequestContext } from '@portico/core';
import { bodyToSend } from '../request-body.js';

/**
 * The body of a request as several parts can send it: all of it.
 * @throws PorticoError BODY_TOO_LARGE, or CLIENT_CLOSED when the client leaves before its end
 */
export async function aggregateBody({ forward, cancellation }: RequestContext, maxBytes: number): Promise<Buffer | undefined> {
  const body = forward && bodyToSend(forward, maxBytes);
  if (body === undefined || Buffer.isBuffer(body)) return body;
  const reading = body instanceof Promise ? undefined : body;
  const given: Cancellable = { cancel: (reason) => void reading?.destroy(reason) };
  cancellation.add(given);
  try {
    return await (body instanceof Promise ? body : buffer(body));
  } catch (error) {
    throw cancellation.reason ?? error;
  } finally {
    cancellation.delete(given);
  }
}
