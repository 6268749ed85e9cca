import type { Configuration, errors as Errors, interactionPolicy as InteractionPolicy } from 'oidc-provider';
import { accessTokenSeconds, serviceTokenSeconds } from './audience.js';
import { automaticGrant } from './automatic-grant.js';
import { clientProofs } from './client-proofs.js';
import { shopClients } from './clients.js';
import type { IdentitySettings } from './identity.settings.js';
import type { IdentitySwitches } from './identity-switches.js';
import { fetchAnywhere } from './fetch-anywhere.js';
import type { MemoryStore } from './memory-adapter.js';
import { ResourceServers } from './resource-server.js';
import { tokenClaims } from './token-claims.js';
import { userByAccount } from './users.js';

const days = (count: number): number => count * 24 * 60 * 60;

/** What the provider package brings along at run time; handed in, because the package is loaded on demand. */
export interface ProviderParts {
  readonly errors: typeof Errors;
  readonly interactionPolicy: typeof InteractionPolicy;
}

/** What outlives a provider, when another one with other keys takes its place. */
export interface ProviderState {
  readonly store: MemoryStore;
  /** Signs the cookies; what clients are challenged with is made of it. */
  readonly cookieKey: string;
  readonly switches: IdentitySwitches;
}

/** Everything that makes the general provider this shop's identity service. */
export function providerConfig({ errors, interactionPolicy }: ProviderParts, settings: IdentitySettings, { store, cookieKey, switches }: ProviderState): Configuration {
  const servers = new ResourceServers(errors, () => switches.faults.accessTokenSeconds);
  const { features: proofs, ...methods } = clientProofs(settings.attesterKeys, cookieKey);
  const policy = interactionPolicy.base();
  // Native clients would otherwise be asked for consent at every login; here nobody is.
  policy.get('consent')?.checks.remove('native_client_prompt');

  return {
    jwks: switches.keys.jwks(),
    adapter: (model) => store.adapter(model),
    clients: shopClients(settings),
    ...methods,
    cookies: { keys: [cookieKey] },
    fetch: fetchAnywhere,
    // API scopes must stay out of this list: as OpenID scopes they would be asked for again and again.
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, accountId) => {
      const user = userByAccount(accountId);
      return user && { accountId, claims: () => ({ sub: accountId, name: user.name, preferred_username: user.username, email: user.email }) };
    },
    loadExistingGrant: automaticGrant,
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    extraTokenClaims: tokenClaims,
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
    ttl: {
      AccessToken: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? switches.faults.accessTokenSeconds,
      ClientCredentials: (_ctx, token) => token.resourceServer?.accessTokenTTL ?? serviceTokenSeconds,
      AuthorizationCode: 60,
      IdToken: accessTokenSeconds,
      Interaction: 15 * 60,
      Session: days(14),
      Grant: days(14),
      // Rotation must not prolong the life of a family (RFC 9700, 4.14.2).
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? switches.faults.refreshTokenSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      ...proofs,
      backchannelLogout: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = '<!doctype html><title>Signed out</title><p>Signed out.</p>';
        },
      },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        defaultResource: servers.standard,
        getResourceServerInfo: servers.info,
      },
    },
  };
}
