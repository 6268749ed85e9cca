import { createPublicKey } from 'node:crypto';
import { jwsObject } from '../compact-jws.js';
import { signatureKey, type SignatureKey } from '../jws-signature.js';
import { essentialMembers, jwkThumbprint } from './jwk-thumbprint.js';
import { keyOfProofAlgorithm, type ProofAlgorithm } from './proof-algorithm.js';

// Another key than that in `jwk`, or extensions that are not known here.
const refusedMembers = ['crit', 'jku', 'kid', 'x5c', 'x5t', 'x5t#S256', 'x5u'];
// RFC 7518 6.2.2, 6.3.2 and 6.4.1: whoever shows these has lost the key already.
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const minRsaBits = 2_048;
// Larger ones take many times as long to verify, at the choice of the sender.
const maxRsaBits = 4_096;
const maxRsaExponent = 0xffff_ffffn;

/**
 * The key that the header of a proof holds (RFC 9449 4.3), ready to verify with.
 * @param header the encoded header
 * @param jkt thumbprint of the key that it must be
 * @param algorithms those that are accepted
 * @throws TypeError, SyntaxError or what node:crypto says when the proof must be refused whatever its signature
 */
export function proofKey(header: string, jkt: string, algorithms: ReadonlySet<string>): SignatureKey {
  const members = jwsObject(header);
  if (members['typ'] !== 'dpop+jwt') throw new TypeError('typ is not that of a proof');
  for (const name of refusedMembers) if (Object.hasOwn(members, name)) throw new TypeError(`Header member ${name} is refused`);
  const { alg, jwk } = members;
  if (typeof alg !== 'string' || !algorithms.has(alg)) throw new TypeError('alg is not accepted');
  if (typeof jwk !== 'object' || jwk === null) throw new TypeError('jwk is missing');
  return importKey(jwk as Record<string, unknown>, alg as ProofAlgorithm, jkt);
}

function importKey(jwk: Readonly<Record<string, unknown>>, alg: ProofAlgorithm, jkt: string): SignatureKey {
  for (const name of privateMembers) if (Object.hasOwn(jwk, name)) throw new TypeError('The key is not a public one');
  if (jwk['alg'] !== undefined && jwk['alg'] !== alg) throw new TypeError('The key is meant for another alg');
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') throw new TypeError('The key is not meant for signatures');
  const fitting = keyOfProofAlgorithm[alg];
  const essential = essentialMembers(jwk);
  if (essential['kty'] !== fitting.kty || essential['crv'] !== fitting.crv) throw new TypeError('alg does not fit the key');
  if (jwkThumbprint(essential) !== jkt) throw new TypeError('The token is bound to another key');
  const key = createPublicKey({ key: essential, format: 'jwk' });
  const { modulusLength: bits, publicExponent: exponent } = key.asymmetricKeyDetails ?? {};
  if (bits !== undefined && (bits < minRsaBits || bits > maxRsaBits)) throw new TypeError('The key has an unusual length');
  if (exponent !== undefined && exponent > maxRsaExponent) throw new TypeError('The key has an unusual exponent');
  return signatureKey(alg, key);
}
