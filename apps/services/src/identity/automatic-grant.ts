import type { Grant, KoaContextWithOIDC } from 'oidc-provider';
import { userByAccount } from './users.js';

/**
 * Grants what was asked for without a consent page: every OpenID scope, and of the API scopes those that the user may
 * have. The others are marked as refused, so that they are neither granted nor asked for again.
 */
export async function automaticGrant(ctx: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { session, client, provider } = ctx.oidc;
  const user = userByAccount(session?.accountId);
  if (!session || !client || !user) return undefined;

  const grantId = session.grantIdFor(client.clientId);
  const earlier = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = earlier?.accountId === user.accountId ? earlier : new provider.Grant({ accountId: user.accountId, clientId: client.clientId });

  grant.addOIDCScope([...ctx.oidc.requestParamOIDCScopes].join(' '));
  grant.addOIDCClaims([...ctx.oidc.requestParamClaims]);
  for (const [audience, server] of Object.entries(ctx.oidc.resourceServers ?? {})) {
    for (const scope of ctx.oidc.requestParamScopes) {
      if (!server.scopes.has(scope)) continue;
      if (user.scopes.has(scope)) grant.addResourceScope(audience, scope);
      else grant.rejectResourceScope(audience, scope);
    }
  }
  await grant.save();
  return grant;
}
