import { Module, type DynamicModule } from '@nestjs/common';
import { LogoutTokenVerifier, SessionGate, SessionTokens, WebSessionEndpoints, WebSessions, webSessionParts } from '@portico/auth';
import { systemClock, type Resolve } from '@portico/core';
import { GatewayConfig } from '../gateway.config.js';
import { HttpServiceLoader } from '../http-service-loader.js';
import { verifierDependencies } from '../verifier-dependencies.js';
import { ClientIdentity } from './client-identity.js';
import type { IdentityEndpoint } from './identity-endpoint.js';
import type { SessionConfig } from './session.config.js';
import { SharedState } from './shared-state.js';

/** A gateway's configuration with sessions. */
export type WithSessions = GatewayConfig & { readonly session: SessionConfig };

/** The cookie sessions of a web BFF. Its pipeline then says `webSession()`, and its definition `identityEndpoints: webSessionEndpoints`. */
@Module({})
export class WebSessionModule {
  static forRoot(): DynamicModule {
    const parts = Symbol('portico.web-session-parts');
    const part = <T>(token: abstract new (...args: never[]) => T, pick: (all: Parts) => T) => ({ provide: token, inject: [parts], useFactory: pick });
    return {
      module: WebSessionModule,
      global: true,
      providers: [
        { provide: parts, inject: [GatewayConfig, HttpServiceLoader, SharedState, ClientIdentity], useFactory: partsOf },
        part(SessionGate, ({ gate }) => gate),
        part(SessionTokens, ({ tokens }) => tokens),
        part(WebSessions, ({ sessions }) => sessions),
        part(WebSessionEndpoints, ({ endpoints }) => endpoints),
      ],
      exports: [SessionGate, SessionTokens, WebSessions, WebSessionEndpoints],
    };
  }
}

type Parts = ReturnType<typeof partsOf>;

function partsOf(config: GatewayConfig, http: HttpServiceLoader, { sessions: store, lease, replays }: SharedState, { key: clientKey }: ClientIdentity) {
  const { auth, session } = config as WithSessions;
  const { clientId, publicOrigin, scope, transactionKey, origins, idleMs, absoluteMs } = session;
  const dependencies = verifierDependencies(http);
  const logoutTokens = new LogoutTokenVerifier({ issuer: auth.issuer, clientIds: [clientId] }, { ...dependencies, replays });
  return webSessionParts(
    {
      provider: { issuer: auth.issuer, clientId, clientKey },
      login: { scope, resource: auth.audience, ...(transactionKey !== '' && { transactionKey: Buffer.from(transactionKey, 'base64url') }) },
      site: { publicOrigin, allowInsecureCookies: publicOrigin.startsWith('http:') },
      origins,
      limits: { idleMs, absoluteMs },
    },
    { clock: systemClock, fetch: (url, init) => fetch(url, init as RequestInit), store, lease, replays, logoutTokens },
  );
}

/** The identity endpoints of a web BFF: those of signing in and out under `/bff`, and the public keys of its client at `/bff/jwks`. */
export function webSessionEndpoints(resolve: Resolve): readonly IdentityEndpoint[] {
  const { byPath } = resolve(WebSessionEndpoints);
  return [
    ...Array.from(byPath, ([path, handle]): IdentityEndpoint => ({ name: path.slice(1), method: path.endsWith('/backchannel') ? 'POST' : 'GET', path, handle })),
    resolve(ClientIdentity).endpoint,
  ];
}
