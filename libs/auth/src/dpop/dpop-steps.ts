import type { PolicySteps, RequestContext } from '@portico/core';
import { bearerToken } from '../bearer-token.js';
import { enterWith } from '../enter-with.js';
import { identifyBearer } from '../identify-bearer.js';
import type { BoundToken, TokenVerifier } from '../token-verifier.js';
import { dpopToken } from './dpop-token.js';
import type { DpopVerifier } from './dpop-verifier.js';

/** What the authenticate policy does where DPoP is taken beside Bearer. */
export function dpopSteps(verifier: TokenVerifier, proofs: DpopVerifier): PolicySteps {
  return {
    inbound(context) {
      const field = context.headers['authorization'];
      if (field === undefined) return undefined;
      const token = bearerToken(field);
      if (token !== undefined) return identifyBearer(context, token, verifier);
      const bound = dpopToken(field);
      return bound === undefined ? undefined : identifyHolder(context, bound, verifier, proofs);
    },
    onError({ headers }, error) {
      const field = headers['authorization'];
      return proofs.challenges.restate(error, typeof field === 'string' && dpopToken(field) !== undefined);
    },
  };
}

function identifyHolder(context: RequestContext, token: string, verifier: TokenVerifier, proofs: DpopVerifier): void | Promise<void> {
  const bound = verifier.verifyBound(token);
  return bound instanceof Promise ? bound.then((verified) => prove(context, token, verified, proofs)) : prove(context, token, bound, proofs);
}

function prove(context: RequestContext, token: string, { caller, binding }: BoundToken, proofs: DpopVerifier): void | Promise<void> {
  const proven = proofs.verify(context, binding);
  return proven instanceof Promise ? proven.then(() => enterWith(context, caller, token)) : enterWith(context, caller, token);
}
