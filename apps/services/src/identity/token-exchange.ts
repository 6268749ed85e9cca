import type { errors as Errors, Provider } from 'oidc-provider';
import { verifyAccessToken, type AccessClaims } from '../access/access-token.js';
import { serviceTokenSeconds } from './audience.js';
import type { IssuedToken, IssuedTokens } from './issued-tokens.js';
import { serviceAudiences } from './service-audience.js';
import { exchangeableAudience } from './service-clients.js';
import type { SigningKeys } from './signing-keys.js';
import { accessTokenType, tokenExchangeGrant } from './token-grant.js';
import { userByAccount } from './users.js';

interface ExchangeParams {
  readonly subject_token?: string;
  readonly subject_token_type?: string;
  readonly requested_token_type?: string;
  readonly audience?: string;
  readonly resource?: string;
  readonly scope?: string;
}

type ExchangeContext = Parameters<Parameters<typeof Provider.prototype.registerGrantType<ExchangeParams>>[1]>[0];

const parameters = ['subject_token', 'subject_token_type', 'requested_token_type', 'audience', 'resource', 'scope'] as const;

/**
 * Lets the BFFs' own clients exchange a user's access token, which must be one for that BFF, for one for a service
 * (RFC 8693): `sub` stays the user, `act` names the BFF, the scope only shrinks, and it lives at most five minutes and no
 * longer than the token it comes from. A token that was revoked, as by logout, is exchanged no more.
 */
export function addTokenExchange(provider: Provider, errors: typeof Errors, keys: SigningKeys, tokens: IssuedTokens): void {
  const subjectOf = async (ctx: ExchangeContext): Promise<{ claims: AccessClaims; issued: IssuedToken }> => {
    const { client, params } = ctx.oidc;
    const audience = exchangeableAudience(client.clientId);
    const token = params.subject_token;
    if (params.subject_token_type !== accessTokenType) throw new errors.InvalidRequest(`subject_token_type must be ${accessTokenType}`);
    if (params.requested_token_type !== undefined && params.requested_token_type !== accessTokenType) throw new errors.InvalidRequest(`requested_token_type must be ${accessTokenType}`);
    const nowSeconds = Math.floor(Date.now() / 1_000);
    const claims = token !== undefined && audience !== undefined ? verifyAccessToken(token, { issuer: provider.issuer, audience, nowSeconds, key: (kid) => keys.find(kid)?.publicKey }) : undefined;
    const issued = claims && (await tokens.find(claims.jti));
    // One answer for all of these (RFC 8693, 2.2.2).
    if (!claims || !issued || !userByAccount(claims.sub)) throw new errors.InvalidRequest('the subject token is not valid');
    return { claims, issued };
  };

  const targetOf = ({ audience, resource }: ExchangeParams): string => {
    const target = audience ?? resource;
    if (target === undefined || (resource !== undefined && resource !== target) || !serviceAudiences.has(target)) throw new errors.InvalidTarget();
    return target;
  };

  const scopeOf = (wanted: string | undefined, { scopes }: AccessClaims): string => {
    const names = wanted === undefined ? [...scopes] : wanted.split(' ');
    const excess = names.find((name) => !scopes.has(name));
    if (excess !== undefined) throw new errors.InvalidScope('the subject token does not have the scope', excess);
    return names.join(' ');
  };

  provider.registerGrantType<ExchangeParams>(
    tokenExchangeGrant,
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const { claims, issued } = await subjectOf(ctx);
      const target = targetOf(params);
      const scope = scopeOf(params.scope, claims);
      const leftSeconds = claims.expiresAtSeconds - Math.floor(Date.now() / 1_000);
      const token = new provider.AccessToken({
        accountId: claims.sub,
        client,
        grantId: issued.grantId,
        sessionUid: issued.sessionUid,
        sid: issued.sid,
        gty: 'token_exchange',
        scope,
        expiresIn: Math.max(1, Math.min(serviceTokenSeconds, leftSeconds)),
      });
      token.resourceServer = new provider.ResourceServer(target, { scope, audience: target, accessTokenFormat: 'jwt', jwt: { sign: { alg: 'RS256' } } });
      ctx.oidc.entity('AccessToken', token);
      const value = await token.save();
      ctx.body = { access_token: value, issued_token_type: accessTokenType, token_type: token.tokenType, expires_in: token.expiration, scope };
    },
    parameters,
  );
}
