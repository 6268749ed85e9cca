import type { Clock } from '@portico/core';
import type { NewWebSession } from '../../src/session/web-session.js';

/** A session of alice that began now and lasts an hour, or half of one unless it is used. */
export function newSession(clock: Clock, over: Partial<NewWebSession> = {}): NewWebSession {
  const now = clock.epochMs();
  const endsAtMs = now + 3_600_000;
  return {
    sub: 'alice',
    sid: 's-1',
    idToken: 'id.token.text',
    accessToken: 'access-1',
    accessTokenEndsAtMs: now + 60_000,
    refreshAtMs: now + 54_000,
    refreshToken: 'refresh-1',
    refreshTokenEndsAtMs: endsAtMs,
    scope: 'openid shop.read',
    claims: { name: 'Alice', roles: [], nested: { empty: {} } },
    createdAtMs: now,
    lastSeenAtMs: now,
    endsAtMs,
    expiresAtMs: now + 1_800_000,
    ...over,
  };
}
