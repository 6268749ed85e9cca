import { randomBytes } from 'node:crypto';
import type { Configuration, errors as Errors, interactionPolicy as InteractionPolicy, JWKS, KoaContextWithOIDC } from 'oidc-provider';
import { accessTokenSeconds, operatorScope, userScopes } from './audience.js';
import { automaticGrant } from './automatic-grant.js';
import { audiencesOf, shopClients } from './clients.js';
import type { IdentitySettings } from './identity.settings.js';
import { MemoryStore } from './memory-adapter.js';
import { userByAccount } from './users.js';

const days = (count: number): number => count * 24 * 60 * 60;

/** What the provider package brings along at run time; handed in, because the package is loaded on demand. */
export interface ProviderParts {
  readonly errors: typeof Errors;
  readonly interactionPolicy: typeof InteractionPolicy;
}

/** Everything that makes the general provider this shop's identity service. */
export function providerConfig({ errors, interactionPolicy }: ProviderParts, { webClient }: IdentitySettings, jwks: JWKS): Configuration {
  const store = new MemoryStore(Date.now);
  const policy = interactionPolicy.base();
  // Native clients would otherwise be asked for consent at every login; here nobody is.
  policy.get('consent')?.checks.remove('native_client_prompt');

  return {
    jwks,
    adapter: (model) => store.adapter(model),
    clients: shopClients(webClient),
    cookies: { keys: [randomBytes(32).toString('base64url')] },
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
    extraTokenClaims: sessionClaim,
    clientBasedCORS: () => false,
    renderError: (ctx, out) => {
      ctx.type = 'application/json';
      ctx.body = out;
    },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: accessTokenSeconds,
      Interaction: 15 * 60,
      Session: days(14),
      Grant: days(14),
      // Rotation must not prolong the life of a family (RFC 9700, 4.14.2).
      RefreshToken: (ctx) => ctx.oidc.entities.RotatedRefreshToken?.remainingTTL ?? days(14),
    },
    features: {
      devInteractions: { enabled: false },
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
        defaultResource: (_ctx, client, oneOf) => (Array.isArray(oneOf) ? oneOf[0] : oneOf) ?? audiencesOf(client.clientId)[0] ?? [],
        getResourceServerInfo: (_ctx, audience, client) => {
          if (!audiencesOf(client.clientId).includes(audience)) throw new errors.InvalidTarget();
          return {
            audience,
            scope: [...userScopes, operatorScope].join(' '),
            accessTokenFormat: 'jwt',
            accessTokenTTL: accessTokenSeconds,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
  };
}

/** `sid` for access tokens: by it a BFF can end what belongs to a session. The provider itself puts it into ID tokens only. */
async function sessionClaim(ctx: KoaContextWithOIDC): Promise<{ sid: string } | undefined> {
  const { AuthorizationCode, RefreshToken, Client } = ctx.oidc.entities;
  const sessionUid = AuthorizationCode?.sessionUid ?? RefreshToken?.sessionUid;
  if (sessionUid === undefined || !Client) return undefined;
  const sid = (await ctx.oidc.provider.Session.findByUid(sessionUid))?.sidFor(Client.clientId);
  return sid === undefined ? undefined : { sid };
}
