import { afterAll, bench, describe } from 'vitest';
import { systemClock } from '@portico/core';
import { fetchJson, LittleIssuer, newKey, signToken } from '../test/little-issuer.js';
import { TokenVerifier } from './token-verifier.js';

describe('verifying a token', async () => {
  const [rsa, ec] = [newKey('rsa'), newKey('ec', 'ES256')];
  const issuer = await LittleIssuer.start(rsa, ec);
  afterAll(() => issuer.stop());
  const claims = issuer.claims('bff', systemClock.epochMs());
  const make = (cacheEntries: number) => new TokenVerifier({ issuer: issuer.url, audience: 'bff', jwksUri: issuer.jwksUri, cacheEntries }, { clock: systemClock, fetchJson });
  const [remembering, forgetful] = [make(10), make(0)];
  await Promise.all([remembering.prefetch(), forgetful.prefetch()]);
  const [signedByRsa, signedByEc] = [signToken(rsa, {}, claims), signToken(ec, {}, claims)];
  remembering.verify(signedByRsa);

  bench('remembered', () => void remembering.verify(signedByRsa));
  bench('RS256', () => void forgetful.verify(signedByRsa));
  bench('ES256', () => void forgetful.verify(signedByEc));
});
