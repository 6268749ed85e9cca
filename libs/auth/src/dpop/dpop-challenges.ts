import { PorticoError } from '@portico/core';
import { SchemeMismatch } from './scheme-mismatch.js';

const field = 'www-authenticate';
const bearer = /^Bearer\b/;

/** What a gateway that takes DPoP answers to whoever it refuses (RFC 9449 7.1 and 7.2). */
export class DpopChallenges {
  readonly #algs: string;
  readonly #invalidProof: Readonly<Record<string, string>>;

  /** @param algorithms those of proofs that are accepted */
  constructor(algorithms: readonly string[]) {
    this.#algs = `algs="${algorithms.join(' ')}"`;
    this.#invalidProof = Object.freeze({ [field]: `DPoP error="invalid_dpop_proof", ${this.#algs}` });
  }

  /** 401 for a proof that is not accepted. The reason goes to the log only. */
  invalidProof(cause: unknown): PorticoError {
    return new PorticoError('TOKEN_INVALID', { headers: this.#invalidProof, cause });
  }

  /**
   * The same refusal with a challenge that fits: DPoP's own where the credential came with it or should have, both schemes where either would do.
   * Undefined where there is nothing to change.
   * @param byDpop whether the request's credential names the scheme DPoP
   */
  restate(error: PorticoError, byDpop: boolean): PorticoError | undefined {
    const challenge = error.headers?.[field];
    if (challenge === undefined || !bearer.test(challenge)) return undefined;
    if (byDpop || error.cause instanceof SchemeMismatch) return withChallenge(error, `${challenge.replace(bearer, 'DPoP')}${challenge.includes('=') ? ',' : ''} ${this.#algs}`);
    return error.status === 401 ? withChallenge(error, `${challenge}, DPoP ${this.#algs}`) : undefined;
  }
}

function withChallenge({ code, status, detail, faults, headers, cause }: PorticoError, challenge: string): PorticoError {
  return new PorticoError(code, { status, detail, faults, headers: { ...headers, [field]: challenge }, cause });
}
