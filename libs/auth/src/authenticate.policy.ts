import type { Policy, RequestContext } from '@portico/core';
import { bearerToken } from './bearer-token.js';
import { tokenInvalid } from './challenges.js';
import { dpopSteps } from './dpop/dpop-steps.js';
import { dpopToken } from './dpop/dpop-token.js';
import { DpopVerifier } from './dpop/dpop-verifier.js';
import { takesCredentials } from './takes-credentials.js';
import { identifyBearer } from './identify-bearer.js';
import { TokenVerifier } from './token-verifier.js';

export interface AuthenticateOptions {
  /** Whether bound tokens are taken with proofs of their key (RFC 9449), which needs a `DpopVerifier`; false by default. */
  readonly dpop?: boolean | undefined;
}

/**
 * Finds out who calls: verifies the bearer token of the `Authorization` field (RFC 6750 2.1) and sets `context.caller`.
 * A request without one stays anonymous, and so does one with another scheme; the authorize policy decides about them. With the option `dpop` it takes bound tokens
 * by the scheme DPoP too (RFC 9449 7.1), and every challenge names both schemes or the one that is needed; without it that scheme is refused.
 * A token that is not valid is refused wherever it is sent, on public operations and unknown addresses too: its sender believes
 * to be known, and an anonymous answer would hide from him that he is not. System endpoints are left alone, so that a probe never depends on the issuer.
 */
export function authenticate({ dpop = false }: AuthenticateOptions = {}): Policy {
  return {
    name: 'authenticate',
    compile(endpoint, resolve) {
      if (!takesCredentials(endpoint)) return undefined;
      const verifier = resolve(TokenVerifier);
      return dpop ? dpopSteps(verifier, resolve(DpopVerifier)) : { inbound: (context) => identify(context, verifier) };
    },
  };
}

function identify(context: RequestContext, verifier: TokenVerifier): void | Promise<void> {
  const field = context.headers['authorization'];
  if (field === undefined) return undefined;
  const token = bearerToken(field);
  if (token !== undefined) return identifyBearer(context, token, verifier);
  if (dpopToken(field) !== undefined) throw tokenInvalid(new TypeError('The scheme DPoP is not taken here'));
  return undefined;
}
