import type { Clock } from '@portico/core';
import { MemoryReplayStore } from '../../src/dpop/memory-replay-store.js';
import { LogoutTokenVerifier } from '../../src/revocation/logout-token-verifier.js';
import { MemoryLease } from '../../src/session/memory-lease.js';
import { MemorySessionStore } from '../../src/session/memory-session.store.js';
import { webSessionParts, type WebSessionParts, type WebSessionPartsDeps, type WebSessionPartsOptions } from '../../src/session/web-session-parts.js';
import { fetchJson } from '../little-issuer.js';
import type { LittleProvider } from './little-provider.js';

export const origin = 'https://app.shop.example';

/** What a web BFF in front of `provider` has for its sessions; what is given replaces a part. */
export function littleWebBff(provider: LittleProvider, clock: Clock, options: Partial<WebSessionPartsOptions> = {}, deps: Partial<WebSessionPartsDeps> = {}): WebSessionParts {
  const { clientId, clientKey, url } = provider;
  const replays = new MemoryReplayStore({ clock });
  return webSessionParts(
    {
      provider: { issuer: url, clientId, clientKey: { kid: clientKey.kid, algorithm: 'ES256', privateKey: clientKey.privateKey } },
      login: { scope: 'openid offline_access shop.read' },
      site: { publicOrigin: origin },
      ...options,
    },
    {
      clock,
      fetch: fetch as WebSessionPartsDeps['fetch'],
      store: new MemorySessionStore(clock),
      lease: new MemoryLease(clock),
      replays,
      logoutTokens: new LogoutTokenVerifier({ issuer: url, clientIds: [clientId] }, { clock, fetchJson, replays }),
      random: () => 0,
      ...deps,
    },
  );
}
