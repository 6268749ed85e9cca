import type { KoaContextWithOIDC } from 'oidc-provider';
import { tokenExchangeGrant } from './token-grant.js';

interface ExtraClaims {
  readonly [name: string]: unknown;
  readonly sid?: string;
  readonly act?: { readonly sub: string };
}

/**
 * What access tokens carry beside the provider's own claims: `sid`, by which a BFF can end what belongs to a session (the
 * provider itself puts it into ID tokens only), and, after an exchange, `act` with the client that acts (RFC 8693, 4.1).
 */
export async function tokenClaims(ctx: KoaContextWithOIDC): Promise<ExtraClaims | undefined> {
  const { AccessToken, AuthorizationCode, RefreshToken, Client } = ctx.oidc.entities;
  if (!Client) return undefined;
  if (ctx.oidc.params?.grant_type === tokenExchangeGrant) return { ...(AccessToken?.sid !== undefined && { sid: AccessToken.sid }), act: { sub: Client.clientId } };
  const sessionUid = AuthorizationCode?.sessionUid ?? RefreshToken?.sessionUid;
  if (sessionUid === undefined) return undefined;
  const sid = (await ctx.oidc.provider.Session.findByUid(sessionUid))?.sidFor(Client.clientId);
  return sid === undefined ? undefined : { sid };
}
