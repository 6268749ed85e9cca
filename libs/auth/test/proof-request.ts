import { systemClock, type RequestContext } from '@portico/core';
import { testContext } from '@portico/core/testing';
import { tokenBinding, type TokenBinding } from '../src/dpop/token-binding.js';
import { ProofMaker } from './proof-maker.js';

/** A request with a good proof by an algorithm, and to what its token is bound. */
export function proofRequest(alg: string): { readonly context: RequestContext; readonly binding: TokenBinding } {
  const client = new ProofMaker(systemClock, alg);
  const dpop = client.proof('token', 'GET', 'https://bff.example/orders');
  return { context: testContext({ url: '/orders', headers: { host: 'bff.example', dpop } }), binding: tokenBinding('token', { cnf: { jkt: client.jkt } }) as TokenBinding };
}
