import { ServiceTokenSources } from '@portico/auth';
import { systemClock } from '@portico/core';
import type { GatewayConfig } from '../gateway.config.js';
import type { ClientIdentity } from './client-identity.js';

/** Longest wait for the issuer, in ms: a call that waits for its token has less time than a login. */
const timeoutMs = 3_000;

/** The tokens by which a gateway calls its services; undefined where it is no client of the issuer. */
export function serviceTokens({ auth, serviceClient }: Pick<GatewayConfig, 'auth' | 'serviceClient'>, { key }: ClientIdentity): ServiceTokenSources | undefined {
  const { clientId, cacheEntries } = serviceClient;
  if (clientId === '') return undefined;
  const provider = { issuer: auth.issuer, clientId, clientKey: key, timeoutMs };
  return new ServiceTokenSources({ provider, maxEntries: cacheEntries }, { clock: systemClock, fetch: (url, init) => fetch(url, init as RequestInit) });
}
