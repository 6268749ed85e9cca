import { ConfigurationError } from '@portico/config';
import type { GatewayConfig } from '../gateway.config.js';
import type { IdentityEndpoint } from './identity-endpoint.js';
import { isLoopbackRedirect } from './is-native-redirect.decorator.js';
import type { NativeClientConfig } from './native-client.config.js';
import { publicDocument } from './public-document.js';

/** A gateway's configuration with an app of users. */
export type WithNativeClient = GatewayConfig & { readonly nativeClient: NativeClientConfig };

/**
 * The endpoint `/bff/client`, for everybody: by what it says an app signs its user in with the authorization code and PKCE (RFC 8252), so that nothing of it has to be built into the app.
 * The members are named as where they are defined: `issuer` (RFC 8414 2), `client_id` and `scope` (RFC 6749), `redirect_uris` (RFC 7591 2), `resource` (RFC 8707 2), `code_challenge_method`
 * (RFC 7636 4.3), `dpop_signing_alg_values_supported` (RFC 9449 5.1): tokens may be bound to a key of the app. `loopback_port` is `any` where one of the redirect URIs is on loopback (RFC 8252 7.3).
 * The client is the first of `auth.clientIds`, for of its sign-outs this gateway is told. The pipeline says `authenticate({ dpop: true })`.
 * @throws ConfigurationError when there is none
 */
export function nativeClientEndpoint({ auth, dpop, nativeClient: { redirectUris, scope } }: WithNativeClient): IdentityEndpoint {
  const [clientId] = auth.clientIds;
  if (clientId === undefined) throw new ConfigurationError([{ path: 'auth.clientIds', message: 'is to have the client that the app signs in as' }]);
  return publicDocument('/bff/client', {
    issuer: auth.issuer,
    client_id: clientId,
    redirect_uris: redirectUris,
    ...(redirectUris.some(isLoopbackRedirect) && { loopback_port: 'any' }),
    scope,
    resource: auth.audience,
    code_challenge_method: 'S256',
    dpop_signing_alg_values_supported: dpop.algorithms,
  });
}
