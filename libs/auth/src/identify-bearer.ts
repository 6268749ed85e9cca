import type { Caller, RequestContext } from '@portico/core';
import type { TokenVerifier } from './token-verifier.js';

/** Sets the caller who holds a bearer token. Returns no promise unless the verifier does. */
export function identifyBearer(context: RequestContext, token: string, verifier: TokenVerifier): void | Promise<void> {
  const caller = verifier.verify(token);
  if (caller instanceof Promise) return caller.then((verified: Caller) => void (context.caller = verified));
  context.caller = caller;
  return undefined;
}
