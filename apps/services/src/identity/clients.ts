import type { ClientMetadata } from 'oidc-provider';
import { audiences, bffNames, type BffName } from './audience.js';
import type { WebClientSettings } from './identity.settings.js';

/** Loopback redirect of native clients: any port, exactly this path (RFC 8252, 7.3). */
export const loopbackRedirect = 'http://127.0.0.1/callback';

/** The BFFs whose audience a client may ask for; the first is what it gets without asking. */
const bffsOf: Readonly<Record<string, readonly BffName[]>> = {
  'shop-web': ['web'],
  'shop-mobile': ['mobile'],
  'shop-desktop': ['desktop'],
  'portico-cli': bffNames,
};

/** The client by which a command line gets a token for each BFF; the web BFF's own client is confidential. */
export const commandLineClients: Readonly<Record<BffName, string>> = { web: 'portico-cli', mobile: 'shop-mobile', desktop: 'shop-desktop' };

/** The audiences a client may ask for; the first one is its default. */
export function audiencesOf(clientId: string): readonly string[] {
  return (bffsOf[clientId] ?? []).map((name) => audiences[name]);
}

const publicNative = (clientId: string, redirectUris: string[]): ClientMetadata => ({
  client_id: clientId,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: redirectUris,
});

/** All registered clients; `shop-web` only if its keys are known. */
export function shopClients(webClient?: WebClientSettings): ClientMetadata[] {
  const clients = [
    publicNative('shop-mobile', ['com.example.shop:/callback', loopbackRedirect]),
    publicNative('shop-desktop', [loopbackRedirect]),
    publicNative('portico-cli', [loopbackRedirect]),
  ];
  if (!webClient) return clients;
  const web: ClientMetadata = {
    client_id: 'shop-web',
    application_type: 'web',
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'RS256',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...webClient.redirectUris],
    jwks: webClient.jwks,
  };
  return [...clients, web];
}
