import type { RequestContext } from '@portico/core';
import { enterWith } from './enter-with.js';
import type { TokenVerifier } from './token-verifier.js';

/** Sets the caller who holds a bearer token. Returns no promise unless the verifier does. */
export function identifyBearer(context: RequestContext, token: string, verifier: TokenVerifier): void | Promise<void> {
  const caller = verifier.verify(token);
  if (caller instanceof Promise) return caller.then((verified) => enterWith(context, verified, token));
  return enterWith(context, caller, token);
}
