import type { Caller, Policy, RequestContext } from '@portico/core';
import { bearerToken } from './bearer-token.js';
import { TokenVerifier } from './token-verifier.js';

/**
 * Finds out who calls: verifies the bearer token of the `Authorization` field (RFC 6750 2.1) and sets `context.caller`.
 * A request without one stays anonymous, and so does one with another scheme; the authorize policy decides about them.
 * A token that is not valid is refused wherever it is sent, on public operations and unknown addresses too: its sender believes
 * to be known, and an anonymous answer would hide from him that he is not. System endpoints are left alone, so that a probe never depends on the issuer.
 */
export function authenticate(): Policy {
  return {
    name: 'authenticate',
    compile(endpoint, resolve) {
      if (endpoint.kind === 'system') return undefined;
      const verifier = resolve(TokenVerifier);
      return { inbound: (context) => identify(context, verifier) };
    },
  };
}

function identify(context: RequestContext, verifier: TokenVerifier): void | Promise<void> {
  const field = context.headers['authorization'];
  if (field === undefined) return undefined;
  const token = bearerToken(field);
  if (token === undefined) return undefined;
  const caller = verifier.verify(token);
  if (caller instanceof Promise) return caller.then((verified: Caller) => void (context.caller = verified));
  context.caller = caller;
  return undefined;
}
