import type { NewWebSession } from '@portico/auth';
import { SharedState, type Gateway } from '@portico/gateway';

const hourMs = 3_600_000;

/** The id of a new session of a user, as a sign-in would have begun it; for a gateway that keeps its sessions in memory. */
export function sessionOf({ app }: Gateway, sub: string, scope: string): string {
  const now = Date.now();
  const endsAtMs = now + hourMs;
  const session: NewWebSession = {
    sub,
    sid: `session-of-${sub}`,
    idToken: '',
    accessToken: '',
    accessTokenEndsAtMs: endsAtMs,
    refreshAtMs: endsAtMs,
    refreshToken: '',
    refreshTokenEndsAtMs: endsAtMs,
    scope,
    claims: {},
    createdAtMs: now,
    lastSeenAtMs: now,
    endsAtMs,
    expiresAtMs: endsAtMs,
  };
  return app.get(SharedState).sessions.create(session) as string;
}
