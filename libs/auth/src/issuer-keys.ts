import type { Clock } from '@portico/core';
import type { TokenVerifierConfig, TokenVerifierDeps } from './token-verifier.config.js';
import { verificationKeys, type VerificationKey } from './verification-key.js';

/** Fetches what an issuer publishes: its keys, and before that where they are. */
export class IssuerKeys {
  readonly #config: TokenVerifierConfig;
  readonly #clock: Clock;
  readonly #fetchJson: TokenVerifierDeps['fetchJson'];
  #discoveredUri: string | undefined;

  constructor(config: TokenVerifierConfig, deps: TokenVerifierDeps) {
    this.#config = config;
    this.#clock = deps.clock;
    this.#fetchJson = deps.fetchJson;
  }

  /** The keys as published now. Rejects when the issuer cannot be reached in time or answers something else. */
  async fetch(): Promise<Map<string, VerificationKey>> {
    const uri = this.#config.jwksUri ?? (this.#discoveredUri ??= await this.#discover());
    try {
      return verificationKeys(await this.#inTime(uri), this.#config.algorithms);
    } catch (error) {
      this.#discoveredUri = undefined;
      throw error;
    }
  }

  async #discover(): Promise<string> {
    const { issuer } = this.#config;
    const document = (await this.#inTime(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)) as Record<string, unknown> | null;
    // OpenID Connect Discovery 4.3: a document of another issuer would hand over the choice of keys.
    if (document?.['issuer'] !== issuer) throw new TypeError('The discovery document belongs to another issuer');
    const uri = document['jwks_uri'];
    if (typeof uri !== 'string') throw new TypeError('The discovery document names no jwks_uri');
    return uri;
  }

  #inTime(url: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.schedule(() => reject(new Error(`No answer from ${url} in time`)), this.#config.fetchTimeoutMs);
      void Promise.resolve(url)
        .then(this.#fetchJson)
        .then(resolve, reject)
        .finally(() => timer.cancel());
    });
  }
}
