import { LogoutTokenVerifier, logoutRevocation } from '@portico/auth';
import { systemClock, type Resolve } from '@portico/core';
import { HttpServiceLoader } from '../http-service-loader.js';
import { GatewayConfig } from '../gateway.config.js';
import { verifierDependencies } from '../verifier-dependencies.js';
import type { IdentityEndpoint } from './identity-endpoint.js';
import { SharedState } from './shared-state.js';

/**
 * The endpoint of a gateway with access tokens by which the issuer tells that a session is over (OpenID Connect Back-Channel Logout 1.0): its tokens then stop to be accepted, by every replica.
 * The front end's clients are named in `auth.clientIds`.
 */
export function signOutEndpoint(resolve: Resolve): IdentityEndpoint {
  const { auth } = resolve(GatewayConfig);
  const { replays, revocations } = resolve(SharedState);
  const verifier = new LogoutTokenVerifier({ issuer: auth.issuer, clientIds: auth.clientIds }, { ...verifierDependencies(resolve(HttpServiceLoader)), replays });
  return {
    name: 'bff/backchannel',
    method: 'POST',
    path: '/bff/backchannel',
    async handle({ form }) {
      const sent = form?.getAll('logout_token') ?? [];
      const loggedOut = await verifier.verify(sent.length === 1 ? sent[0] : undefined);
      await revocations.revoke(logoutRevocation(loggedOut, auth.issuer, systemClock.epochMs()));
      return { status: 200, headers: [['cache-control', 'no-store']] };
    },
  };
}
