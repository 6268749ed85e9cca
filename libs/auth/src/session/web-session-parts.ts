import { systemRandom, type Clock, type Random } from '@portico/core';
import type { ReplayStore } from '../dpop/replay-store.js';
import type { LogoutTokens } from './backchannel.endpoint.js';
import type { ProviderFetch } from './bounded-fetch.js';
import type { IdentityProviderOptions } from './identity-provider.options.js';
import { IdentityProvider } from './identity-provider.js';
import type { Lease } from './lease.js';
import { SessionGate } from './session-gate.js';
import { SessionLimits, type SessionLimitOptions } from './session-limits.js';
import { SessionSite, type SessionSiteOptions } from './session-site.js';
import { SessionTokens } from './session-tokens.js';
import type { SessionTokensOptions } from './session-tokens.options.js';
import type { SessionStore } from './session.store.js';
import { WebLogin } from './web-login.js';
import type { WebLoginOptions } from './web-login.options.js';
import { WebSessionEndpoints } from './web-session-endpoints.js';
import { WebSessions } from './web-sessions.js';

export interface WebSessionPartsOptions {
  readonly provider: IdentityProviderOptions;
  readonly login: Omit<WebLoginOptions, 'redirectUri'>;
  readonly site: SessionSiteOptions;
  /** Further origins whose pages may call, besides the gateway's own. */
  readonly origins?: readonly string[];
  readonly limits?: SessionLimitOptions;
  readonly tokens?: SessionTokensOptions;
}

export interface WebSessionPartsDeps {
  readonly clock: Clock;
  readonly fetch: ProviderFetch;
  readonly store: SessionStore;
  readonly lease: Lease;
  /** For callbacks, shared by all replicas. */
  readonly replays: ReplayStore;
  /** A `LogoutTokenVerifier` for the same issuer and client. */
  readonly logoutTokens: LogoutTokens;
  readonly random?: Random;
  /** Told of a logout that the provider did not hear of; nothing is done by default. */
  readonly onError?: (error: unknown) => void;
}

/** Everything that a web BFF needs for its sessions. */
export interface WebSessionParts {
  readonly sessions: WebSessions;
  /** What the policy `webSession` resolves. */
  readonly gate: SessionGate;
  readonly tokens: SessionTokens;
  readonly endpoints: WebSessionEndpoints;
}

/**
 * Puts the sessions of a web BFF together.
 * @throws TypeError when an address in the options is none, the issuer is http beyond this machine, or a key cannot be used
 */
export function webSessionParts(options: WebSessionPartsOptions, deps: WebSessionPartsDeps): WebSessionParts {
  const { clock, store, replays, logoutTokens, random = systemRandom, onError = () => {} } = deps;
  const site = new SessionSite(options.site);
  const limits = new SessionLimits(options.limits);
  const provider = new IdentityProvider(options.provider, deps);
  const login = new WebLogin(provider, { ...options.login, redirectUri: site.redirectUri }, { clock, replays });
  const sessions = new WebSessions(store, limits, clock);
  const gate = new SessionGate(sessions, { cookies: site.cookies, clientId: provider.clientId, origins: [site.origin, ...(options.origins ?? [])] });
  const tokens = new SessionTokens({ ...deps, provider, limits, random }, options.tokens);
  const { scope } = options.login;
  const endpoints = new WebSessionEndpoints({ login, site, sessions, limits, scope, clock, random, provider, gate, logoutTokens, onError });
  return { sessions, gate, tokens, endpoints };
}
