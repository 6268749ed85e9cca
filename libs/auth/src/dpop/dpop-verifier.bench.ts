import { bench, describe } from 'vitest';
import { systemClock } from '@portico/core';
import { proofRequest } from '../../test/proof-request.js';
import { DpopOptions } from './dpop.options.js';
import { DpopVerifier } from './dpop-verifier.js';

describe('verifying a proof', () => {
  const make = (cachedKeys: number) => new DpopVerifier(Object.assign(new DpopOptions(), { maxAgeS: 600, cachedKeys }), { clock: systemClock, replays: { claim: () => true } });
  const [remembering, forgetful] = [make(10), make(0)];
  const [es, ed] = [proofRequest('ES256'), proofRequest('EdDSA')];

  bench('ES256, known key', () => void remembering.verify(es.context, es.binding));
  bench('ES256, new key', () => void forgetful.verify(es.context, es.binding));
  bench('EdDSA, known key', () => void remembering.verify(ed.context, ed.binding));
  bench('EdDSA, new key', () => void forgetful.verify(ed.context, ed.binding));
});
