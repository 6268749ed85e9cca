import { randomUUID } from 'node:crypto';
import type { Clock, Random } from '@portico/core';
import type { ProviderTokens } from './provider-tokens.js';
import { refreshTime } from './refresh-time.js';
import type { SessionLimits } from './session-limits.js';
import type { NewWebSession } from './web-session.js';

// They are about the ID token, not about the user.
const protocolClaims = new Set(['iss', 'aud', 'exp', 'iat', 'nbf', 'jti', 'azp', 'nonce', 'at_hash', 'c_hash', 's_hash', 'sid']);

/**
 * The session that a login with `tokens` begins. It ends no later than the refresh token, or than the access token where there is none to replace it.
 * @param askedScope the scopes granted where the provider does not say
 * @throws TypeError when there is no ID token
 */
export function newWebSession(tokens: ProviderTokens, askedScope: string, { limits, clock, random }: { limits: SessionLimits; clock: Clock; random: Random }): NewWebSession {
  const { claims } = tokens;
  if (!claims) throw new TypeError('A login without ID token');
  const now = clock.epochMs();
  const accessTokenEndsAtMs = now + tokens.accessLifeMs;
  const endsAtMs = now + limits.absoluteMs;
  const grantEndsAtMs = tokens.refreshToken === '' ? accessTokenEndsAtMs : now + (tokens.refreshLifeMs ?? Infinity);
  const ends = { endsAtMs, refreshTokenEndsAtMs: Math.min(endsAtMs, grantEndsAtMs) };
  return {
    sub: claims.sub,
    sid: typeof claims['sid'] === 'string' && claims['sid'] !== '' ? claims['sid'] : randomUUID(),
    idToken: tokens.idToken,
    accessToken: tokens.accessToken,
    accessTokenEndsAtMs,
    refreshAtMs: refreshTime(now, tokens.accessLifeMs, random),
    refreshToken: tokens.refreshToken,
    scope: tokens.scope ?? askedScope,
    claims: Object.fromEntries(Object.entries(claims).filter(([name]) => !protocolClaims.has(name))),
    createdAtMs: now,
    lastSeenAtMs: now,
    ...ends,
    expiresAtMs: limits.expiresAtMs(ends, now),
  };
}
