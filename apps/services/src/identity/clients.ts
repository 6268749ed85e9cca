import type { ClientMetadata } from 'oidc-provider';
import { audiences, bffNames, type BffName } from './audience.js';
import { loopbackRedirect } from './command-line.js';
import type { IdentitySettings, WebClientSettings } from './identity.settings.js';
import { keyAuthentication } from './key-authentication.js';
import { serviceClients } from './service-clients.js';

/** The link that only the mobile app of this shop can open (claimed https, RFC 8252, 7.2). */
export const claimedRedirect = 'https://app.shop.example/callback';

/** The mobile app's own scheme, for systems without claimed links (RFC 8252, 7.1). */
export const schemeRedirect = 'com.example.shop:/callback';

/** The BFFs whose audience a client may ask for; the first is what it gets without asking. */
const bffsOf: Readonly<Record<string, readonly BffName[]>> = {
  'shop-web': ['web'],
  'shop-mobile': ['mobile'],
  'shop-mobile-https': ['mobile'],
  'shop-mobile-attested': ['mobile'],
  'shop-desktop': ['desktop'],
  'portico-cli': bffNames,
};

/** The audiences a client of users may ask for; the first one is its default. */
export function audiencesOf(clientId: string): readonly string[] {
  return (bffsOf[clientId] ?? []).map((name) => audiences[name]);
}

/** All registered clients; those of the web BFF and of the calls to services only if their keys are known, and the one that brings an attestation only if its attester is. */
export function shopClients({ webClient, backchannelLogoutUris = {}, serviceClients: callers = {}, attesterKeys }: IdentitySettings): ClientMetadata[] {
  const { mobile, desktop } = backchannelLogoutUris;
  return [
    publicNative('shop-mobile', [claimedRedirect, schemeRedirect, loopbackRedirect], mobile),
    publicNative('shop-mobile-https', [claimedRedirect], mobile),
    ...(attesterKeys ? [{ ...publicNative('shop-mobile-attested', [claimedRedirect], mobile), token_endpoint_auth_method: 'attest_jwt_client_auth' as const }] : []),
    publicNative('shop-desktop', [loopbackRedirect], desktop),
    publicNative('portico-cli', [loopbackRedirect]),
    ...(webClient ? [confidentialWeb(webClient)] : []),
    ...serviceClients(callers),
  ];
}

/** Logout tokens carry the session id, so that one session ends and the user's others go on. */
const backchannel = (uri: string | undefined): Partial<ClientMetadata> => (uri === undefined ? {} : { backchannel_logout_uri: uri, backchannel_logout_session_required: true });

function publicNative(clientId: string, redirectUris: string[], backchannelUri?: string): ClientMetadata {
  return {
    client_id: clientId,
    application_type: 'native',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: redirectUris,
    ...backchannel(backchannelUri),
  };
}

function confidentialWeb(settings: WebClientSettings): ClientMetadata {
  return {
    client_id: 'shop-web',
    application_type: 'web',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [...settings.redirectUris],
    post_logout_redirect_uris: [...(settings.postLogoutRedirectUris ?? [])],
    ...keyAuthentication(settings),
    ...backchannel(settings.backchannelLogoutUri),
  };
}
