import type * as OpenIdClient from 'openid-client';
import { boundedFetch } from './bounded-fetch.js';
import { assertServes, webCryptoKey, type ClientKey } from './client-key.js';
import { isInsecureIssuer, type IdentityProviderDeps, type IdentityProviderOptions } from './identity-provider.options.js';
import { openIdClient } from './open-id-client.js';
import { providerTokens, type ProviderTokens } from './provider-tokens.js';

/** What a callback must agree with. */
export interface CallbackChecks {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

interface Known {
  readonly oidc: typeof OpenIdClient;
  /** For logins: also verifies the signature of ID tokens. */
  readonly login: OpenIdClient.Configuration;
  /** For everything else. A refresh rotates the token, so that nothing but the refresh itself may fail it: its ID token is a hint only. */
  readonly plain: OpenIdClient.Configuration;
}

const defaultTimeoutMs = 10_000;
const clockToleranceS = 5;
const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange';
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/**
 * The identity provider (OpenID Connect), as this gateway talks to it: a confidential client with `private_key_jwt`. What the provider says about itself is read on first use,
 * and again as long as it cannot be had. Methods reject with the errors of openid-client; `isUnavailable` and `isGrantEnded` tell what they mean.
 */
export class IdentityProvider {
  readonly clientId: string;
  readonly #issuer: URL;
  readonly #insecure: boolean;
  readonly #key: ClientKey;
  readonly #fetch: OpenIdClient.CustomFetch;
  #known: Promise<Known> | undefined;

  /** @throws TypeError when the issuer is reached without TLS beyond this machine, or the key does not serve its algorithm */
  constructor({ issuer, clientId, clientKey, timeoutMs = defaultTimeoutMs }: IdentityProviderOptions, { fetch, clock }: IdentityProviderDeps) {
    this.clientId = clientId;
    this.#issuer = new URL(issuer);
    this.#insecure = isInsecureIssuer(this.#issuer);
    assertServes(clientKey);
    this.#key = clientKey;
    this.#fetch = boundedFetch(fetch, clock, timeoutMs);
  }

  /** The address that asks the user to log in, with `parameters` besides client and response type. */
  async authorizationUrl(parameters: Record<string, string>): Promise<string> {
    const { oidc, login } = await this.#know();
    return oidc.buildAuthorizationUrl(login, parameters).href;
  }

  /** Verifies a callback (state, iss by RFC 9207), redeems its code, and verifies the ID token: signature, nonce, aud, iss, alg, exp. */
  async redeem(callbackUrl: URL, { state, nonce, verifier }: CallbackChecks): Promise<ProviderTokens> {
    const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
    const { oidc, login } = await this.#know();
    return providerTokens(await oidc.authorizationCodeGrant(login, callbackUrl, checks));
  }

  /** New tokens for a refresh token. */
  async refresh(refreshToken: string): Promise<ProviderTokens> {
    const { oidc, plain } = await this.#know();
    return providerTokens(await oidc.refreshTokenGrant(plain, refreshToken));
  }

  /** A token for `resource` in this gateway's own name (RFC 6749 4.4, RFC 8707). */
  async ownToken(resource: string, scope: string): Promise<ProviderTokens> {
    const { oidc, plain } = await this.#know();
    return providerTokens(await oidc.clientCredentialsGrant(plain, { resource, ...(scope !== '' && { scope }) }));
  }

  /** A token for `audience` on behalf of whoever holds the access token `subject` (RFC 8693 2.1). */
  async exchange(subject: string, audience: string, scope: string): Promise<ProviderTokens> {
    const { oidc, plain } = await this.#know();
    const parameters = { subject_token: subject, subject_token_type: accessTokenType, audience, ...(scope !== '' && { scope }) };
    return providerTokens(await oidc.genericGrantRequest(plain, tokenExchangeGrant, parameters));
  }

  /** Makes a refresh token useless (RFC 7009); nothing where the provider does not offer that. */
  async revoke(refreshToken: string): Promise<void> {
    const { oidc, plain } = await this.#know();
    if (plain.serverMetadata().revocation_endpoint === undefined) return;
    await oidc.tokenRevocation(plain, refreshToken, { token_type_hint: 'refresh_token' });
  }

  /** The address that ends the user's session at the provider (OpenID Connect RP-Initiated Logout 1.0); undefined where it has none. */
  async endSessionUrl(parameters: Record<string, string>): Promise<string | undefined> {
    const { oidc, plain } = await this.#know();
    return plain.serverMetadata().end_session_endpoint === undefined ? undefined : oidc.buildEndSessionUrl(plain, parameters).href;
  }

  #know(): Promise<Known> {
    return (this.#known ??= this.#discover().catch((error: unknown) => {
      this.#known = undefined;
      throw error;
    }));
  }

  async #discover(): Promise<Known> {
    const oidc = await openIdClient();
    const authentication = oidc.PrivateKeyJwt({ key: await webCryptoKey(this.#key), kid: this.#key.kid });
    const insecure = this.#insecure ? [oidc.allowInsecureRequests] : [];
    const metadata = { [oidc.clockTolerance]: clockToleranceS };
    const options = { [oidc.customFetch]: this.#fetch, execute: insecure };
    const login = await oidc.discovery(this.#issuer, this.clientId, metadata, authentication, options);
    const plain = new oidc.Configuration(login.serverMetadata(), this.clientId, metadata, authentication);
    plain[oidc.customFetch] = this.#fetch;
    insecure.forEach((allow) => allow(plain));
    oidc.enableNonRepudiationChecks(login);
    // The platform's own timers are not needed: the fetch ends by the injected clock.
    for (const configuration of [login, plain]) configuration.timeout = 0;
    return { oidc, login, plain };
  }
}
