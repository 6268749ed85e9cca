import type { IDToken, TokenEndpointResponse, TokenEndpointResponseHelpers } from 'openid-client';

/** What the identity provider granted. */
export interface ProviderTokens {
  readonly accessToken: string;
  /** How long the access token lives, in ms. */
  readonly accessLifeMs: number;
  /** Empty when there is none, or none in place of the former one. */
  readonly refreshToken: string;
  /** How long the refresh token lives, in ms, where the provider says so. */
  readonly refreshLifeMs: number | undefined;
  /** Empty when a refresh brought none. */
  readonly idToken: string;
  /** Verified claims of the ID token; undefined when there is none. */
  readonly claims: IDToken | undefined;
  /** Scopes granted, where they differ from those asked for (RFC 6749 5.1). */
  readonly scope: string | undefined;
}

// RFC 6749 5.1 only recommends `expires_in`.
const assumedLifeS = 300;
// No standard names it: Keycloak and Azure the first way, others the second.
const refreshLifeNames = ['refresh_expires_in', 'refresh_token_expires_in'];

/** Reads the answer of a token endpoint. */
export function providerTokens(answer: TokenEndpointResponse & TokenEndpointResponseHelpers): ProviderTokens {
  const refreshLifeS = refreshLifeNames.map((name) => answer[name]).find((value) => typeof value === 'number' && value > 0);
  return {
    accessToken: answer.access_token,
    accessLifeMs: (answer.expires_in ?? assumedLifeS) * 1_000,
    refreshToken: answer.refresh_token ?? '',
    refreshLifeMs: typeof refreshLifeS === 'number' ? refreshLifeS * 1_000 : undefined,
    idToken: answer.id_token ?? '',
    claims: answer.claims(),
    scope: answer.scope,
  };
}
