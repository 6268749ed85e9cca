import type { ClientMetadata } from 'oidc-provider';
import { audiences, bffNames, userScopes, type BffName } from './audience.js';
import type { IdentitySettings, ServiceClientSettings } from './identity.settings.js';
import { keyAuthentication } from './key-authentication.js';
import { tokenExchangeGrant } from './token-grant.js';

/** The client by which a BFF gets tokens for its calls to services. */
export const serviceClientId = (bff: BffName): string => `${bff}-bff`;

/** What a BFF may do in its own name; acting as an operator takes an operator's token. */
export const serviceClientScopes: readonly string[] = userScopes;

const audienceByClient: ReadonlyMap<string, string> = new Map(bffNames.map((bff) => [serviceClientId(bff), audiences[bff]]));

/** The audience of the tokens that a client may exchange: those its BFF is called with. Undefined for clients of users. */
export const exchangeableAudience = (clientId: string): string | undefined => audienceByClient.get(clientId);

/** The confidential clients of the BFFs that have settings. */
export function serviceClients(settings: NonNullable<IdentitySettings['serviceClients']>): ClientMetadata[] {
  return bffNames.flatMap((bff) => {
    const credential = settings[bff];
    return credential ? [serviceClient(serviceClientId(bff), credential)] : [];
  });
}

function serviceClient(clientId: string, credential: ServiceClientSettings): ClientMetadata {
  const client = { client_id: clientId, grant_types: ['client_credentials', tokenExchangeGrant], response_types: [], redirect_uris: [] };
  if ('secret' in credential) return { ...client, token_endpoint_auth_method: 'client_secret_basic', client_secret: credential.secret };
  return { ...client, ...keyAuthentication(credential) };
}
