import type { Clock } from '@portico/core';
import type { IdentityProvider } from './identity-provider.js';
import { isUserNeeded, loginFailure, loginRefused } from './login-failure.js';
import type { LoginTransaction } from './login-transaction.js';
import { openIdClient } from './open-id-client.js';
import { providerUnavailable } from './provider-failure.js';
import type { ProviderTokens } from './provider-tokens.js';
import { sessionsUnavailable } from './session-failure.js';
import { TransactionSeal } from './transaction-seal.js';
import type { WebLoginDeps, WebLoginOptions } from './web-login.options.js';

/** What a login begins with. */
export interface LoginStart {
  /** A local address, checked before. */
  readonly returnUrl: string;
  /** OpenID Connect Core 3.1.2.1; `none` does not ask the user. */
  readonly prompt?: string | undefined;
  /** Id of the session that is replaced. */
  readonly former?: string | undefined;
}

/** How a login ended. Without tokens the user would have to be asked, and must not (`prompt=none`). */
export interface LoginOutcome {
  readonly tokens: ProviderTokens | undefined;
  readonly returnUrl: string;
  readonly former: string;
}

const longestMs = 900_000;

/** Login by the Authorization Code flow with PKCE (RFC 9700 2.1, OpenID Connect Core 3.1); state, nonce and challenge are new each time. */
export class WebLogin {
  readonly #provider: IdentityProvider;
  readonly #parameters: Readonly<Record<string, string>>;
  readonly #redirectUri: string;
  readonly #limitMs: number;
  readonly #seal: TransactionSeal;
  readonly #clock: Clock;
  readonly #replays: WebLoginDeps['replays'];

  constructor(provider: IdentityProvider, { redirectUri, scope, resource, transactionKey, limitMs = longestMs }: WebLoginOptions, { clock, replays }: WebLoginDeps) {
    this.#provider = provider;
    this.#redirectUri = redirectUri;
    this.#parameters = { redirect_uri: redirectUri, scope, code_challenge_method: 'S256', ...(resource ? { resource } : {}) };
    this.#limitMs = Math.min(longestMs, limitMs);
    this.#seal = new TransactionSeal(transactionKey);
    this.#clock = clock;
    this.#replays = replays;
  }

  /** How long a login may take, in ms. */
  get limitMs(): number {
    return this.#limitMs;
  }

  /**
   * Where to send the user, and the sealed transaction that his browser must bring back.
   * @throws PorticoError AUTHORITY_UNAVAILABLE when the provider cannot be asked about itself, as a rejection
   */
  async begin({ returnUrl, prompt, former = '' }: LoginStart): Promise<{ location: string; transaction: string }> {
    const oidc = await openIdClient();
    const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
    const challenge = await oidc.calculatePKCECodeChallenge(verifier);
    const parameters = { ...this.#parameters, state, nonce, code_challenge: challenge, ...(prompt ? { prompt } : {}) };
    const location = await this.#provider.authorizationUrl(parameters).catch((error: unknown) => {
      throw providerUnavailable(error);
    });
    const transaction = this.#seal.seal({ state, nonce, verifier, returnUrl, silent: prompt === 'none', former, endsAtMs: this.#clock.epochMs() + this.#limitMs });
    return { location, transaction };
  }

  /**
   * Verifies a callback against its transaction and redeems the code. It works once.
   * @param query query of the callback, without the question mark
   * @throws PorticoError LOGIN_REFUSED for whatever does not fit, AUTHORITY_UNAVAILABLE, or SESSIONS_UNAVAILABLE, as a rejection
   */
  async complete(query: string, sealed: string): Promise<LoginOutcome> {
    const transaction = this.#open(sealed);
    const callback = new URL(this.#redirectUri);
    callback.search = query;
    await this.#claim(callback, transaction);
    const { returnUrl, former } = transaction;
    try {
      const tokens = await this.#provider.redeem(callback, transaction);
      // Such a subject could be taken for the application itself (RFC 9700 4.15).
      if (tokens.claims?.sub === this.#provider.clientId) throw new TypeError('The subject is the client');
      return { tokens, returnUrl, former };
    } catch (error) {
      if (transaction.silent && isUserNeeded(error)) return { tokens: undefined, returnUrl, former };
      throw loginFailure(error);
    }
  }

  #open(sealed: string): LoginTransaction {
    const transaction = this.#seal.open(sealed);
    if (!transaction || transaction.endsAtMs <= this.#clock.epochMs()) throw loginRefused(new TypeError('There is no login in progress'));
    return transaction;
  }

  async #claim(callback: URL, { state, endsAtMs }: LoginTransaction): Promise<void> {
    const states = callback.searchParams.getAll('state');
    if (states.length !== 1 || states[0] !== state) throw loginRefused(new TypeError('The state is another one'));
    let first: boolean;
    try {
      first = await this.#replays.claim(`login:${state}`, endsAtMs - this.#clock.epochMs());
    } catch (cause) {
      throw sessionsUnavailable(cause);
    }
    if (!first) throw loginRefused(new TypeError('The callback was used before'));
  }
}
