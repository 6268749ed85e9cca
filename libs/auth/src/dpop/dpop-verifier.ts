import type { Awaitable, Clock, RequestContext } from '@portico/core';
import { compactJws, jwsObject } from '../compact-jws.js';
import { isSigned } from '../jws-signature.js';
import { claimOnce } from './claim-once.js';
import { DpopChallenges } from './dpop-challenges.js';
import type { DpopOptions } from './dpop.options.js';
import { checkProofClaims, type ProofClaims } from './proof-claims.js';
import { ProofKeys } from './proof-keys.js';
import { isProofTarget } from './proof-target.js';
import type { ReplayStore } from './replay-store.js';
import { requestOrigin } from './request-origin.js';
import type { TokenBinding } from './token-binding.js';

/** What the verifier of proofs needs from its surroundings. */
export interface DpopVerifierDeps {
  readonly clock: Clock;
  /** Shared by all replicas, or a proof is good once at each of them. */
  readonly replays: ReplayStore;
  /**
   * The origin under which a request reached the gateway, as `https://api.example`; where it begins with `//` either scheme will do. It may believe what a proxy adds only
   * when that proxy is trusted. The Host field with either scheme by default; not asked where the options name the public origin.
   */
  readonly originOf?: ((context: RequestContext) => string) | undefined;
}

const longestProof = 8_192;

/**
 * Verifies proofs of possession (RFC 9449 4.3): that whoever sends a bound token holds its key, and made the proof for this very request, just now and once.
 * Asks for no nonce of its own (RFC 9449 9).
 */
export class DpopVerifier {
  /** The refusals of a gateway that takes these proofs. */
  readonly challenges: DpopChallenges;
  readonly #clock: Clock;
  readonly #replays: ReplayStore;
  readonly #originOf: (context: RequestContext) => string;
  readonly #keys: ProofKeys;
  readonly #maxAgeS: number;
  readonly #clockToleranceS: number;

  constructor({ publicOrigin, algorithms, maxAgeS, clockToleranceS, cachedKeys }: DpopOptions, { clock, replays, originOf }: DpopVerifierDeps) {
    this.challenges = new DpopChallenges(algorithms);
    this.#clock = clock;
    this.#replays = replays;
    this.#originOf = publicOrigin !== '' ? () => publicOrigin : (originOf ?? requestOrigin);
    this.#keys = new ProofKeys(algorithms, cachedKeys);
    this.#maxAgeS = maxAgeS;
    this.#clockToleranceS = clockToleranceS;
  }

  /**
   * Takes the proof in the `DPoP` field of a request whose token is bound to `binding`. Returns no promise unless the store of used proofs does.
   * @throws PorticoError TOKEN_INVALID with the challenge `invalid_dpop_proof`, or AUTHORITY_UNAVAILABLE when it cannot be told whether the proof was used before
   */
  verify(context: RequestContext, binding: TokenBinding): Awaitable<void> {
    const nowS = this.#clock.epochMs() / 1_000;
    let claims: ProofClaims;
    try {
      claims = this.#read(context, binding, nowS);
    } catch (reason) {
      throw this.challenges.invalidProof(reason);
    }
    // Another replica's clock may be behind: what it would still take must still be known.
    const lifeS = claims.iat + this.#maxAgeS + this.#clockToleranceS - nowS;
    return claimOnce(this.#replays, `dpop:${binding.jkt}:${claims.jti}`, lifeS * 1_000, () => this.challenges.invalidProof(new TypeError('The proof was used before')));
  }

  #read(context: RequestContext, { jkt, ath }: TokenBinding, nowS: number): ProofClaims {
    const proof = context.headers['dpop'];
    // Node joins repeated fields by a comma, which no proof holds.
    if (typeof proof !== 'string' || proof.length > longestProof) throw new TypeError('Not one proof');
    const { header, payload } = compactJws(proof);
    const key = this.#keys.take(header, jkt);
    const claims = checkProofClaims(jwsObject(payload), {
      method: context.method,
      ath,
      isTarget: (htu) => isProofTarget(htu, this.#originOf(context), pathOf(context.url)),
      notBeforeS: nowS - this.#maxAgeS,
      notAfterS: nowS + this.#clockToleranceS,
    });
    // Last, for it costs most.
    if (!isSigned(proof, key)) throw new TypeError('The proof is not signed by its key');
    return claims;
  }
}

function pathOf(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
