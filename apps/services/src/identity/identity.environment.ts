import type { JWKS } from 'oidc-provider';
import { bffNames, type BffName } from './audience.js';
import type { ClientKeys, IdentitySettings, ServiceClientSettings, WebClientSettings } from './identity.settings.js';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the BFFs listen unless `<NAME>_BFF_PORT` says otherwise. */
const bffPorts: Readonly<Record<BffName, number>> = { web: 3_010, mobile: 3_020, desktop: 3_030 };

/** The least length of a secret, in characters. */
const leastSecret = 32;

/**
 * Reads the identity service's settings, with defaults for BFFs that run beside it on one machine: `IDENTITY_ISSUER`;
 * of the web client `SHOP_WEB_JWKS` or `SHOP_WEB_JWKS_URI`, `SHOP_WEB_REDIRECT_URIS`, `SHOP_WEB_POST_LOGOUT_REDIRECT_URIS`;
 * `SHOP_<BFF>_BACKCHANNEL_URI`; of the clients for calls to services `<BFF>_BFF_JWKS`, `<BFF>_BFF_JWKS_URI` or
 * `<BFF>_BFF_SECRET`; of who vouches for installed apps `ATTESTER_JWKS`. Adds to `faults` what cannot be used.
 */
export function readIdentity(variables: Variables, faults: string[]): IdentitySettings {
  const uri = (name: string, fallback: string): string => uris(name, fallback)[0] ?? fallback;
  const uris = (name: string, fallback: string): readonly string[] => {
    const list = (variables[name] || fallback).split(',').map((item) => item.trim());
    for (const item of list) if (!URL.canParse(item)) faults.push(`${name} must be a URL, not "${item}"`);
    return list;
  };
  const local = (bff: BffName, host: string, path: string): string => `http://${host}:${variables[`${bff.toUpperCase()}_BFF_PORT`] || bffPorts[bff]}${path}`;
  const backchannel = (bff: BffName): string => uri(`SHOP_${bff.toUpperCase()}_BACKCHANNEL_URI`, local(bff, '127.0.0.1', '/bff/backchannel'));
  const keySet = (name: string): JWKS | undefined => {
    const text = variables[name];
    if (!text) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      faults.push(`${name} must be a JSON Web Key Set`);
      return { keys: [] };
    }
  };
  const keys = (prefix: string, bff: BffName): ClientKeys => {
    const jwks = keySet(`${prefix}_JWKS`);
    return jwks ? { jwks } : { jwksUri: uri(`${prefix}_JWKS_URI`, local(bff, '127.0.0.1', '/bff/jwks')) };
  };
  const caller = (bff: BffName): ServiceClientSettings => {
    const name = `${bff.toUpperCase()}_BFF_SECRET`;
    const secret = variables[name];
    if (!secret) return keys(`${bff.toUpperCase()}_BFF`, bff);
    if (secret.length < leastSecret) faults.push(`${name} must have at least ${leastSecret} characters`);
    return { secret };
  };

  const webClient: WebClientSettings = {
    ...keys('SHOP_WEB', 'web'),
    redirectUris: uris('SHOP_WEB_REDIRECT_URIS', local('web', 'localhost', '/bff/callback')),
    postLogoutRedirectUris: uris('SHOP_WEB_POST_LOGOUT_REDIRECT_URIS', local('web', 'localhost', '/')),
    backchannelLogoutUri: backchannel('web'),
  };
  const attesterKeys = keySet('ATTESTER_JWKS');
  return {
    ...(variables.IDENTITY_ISSUER && { issuer: uri('IDENTITY_ISSUER', variables.IDENTITY_ISSUER) }),
    webClient,
    backchannelLogoutUris: { mobile: backchannel('mobile'), desktop: backchannel('desktop') },
    serviceClients: Object.fromEntries(bffNames.map((bff) => [bff, caller(bff)])),
    ...(attesterKeys && { attesterKeys }),
  };
}
