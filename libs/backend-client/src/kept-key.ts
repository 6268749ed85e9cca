import type { RequestContext } from '@portico/core';
import type { ServiceCall } from './service-endpoint.js';

/** Separates kept answers by everything that may change them: what is sent, and who asks where that matters. */
export function keptKey(call: ServiceCall<unknown>, context: RequestContext): string {
  const { service, keep } = call.endpoint;
  // Null is nobody's key: what everyone gets never meets what the anonymous caller gets.
  const caller = keep?.by === 'everyone' ? null : context.caller.key;
  return JSON.stringify([service, call.path, caller, call.headers ?? null]);
}
