import { PorticoError, type Clock } from '@portico/core';
import type { IdentityProvider } from './identity-provider.js';
import { isUnreachable } from './provider-failure.js';
import { RequestQuery } from './request-query.js';
import { redirectTo, type SessionEndpoint } from './session-endpoint.js';
import type { SessionSite } from './session-site.js';
import { singleCookie } from './single-cookie.js';
import type { WebSession } from './web-session.js';
import type { WebSessions } from './web-sessions.js';

/** What a logout needs. */
export interface LogoutParts {
  readonly sessions: WebSessions;
  readonly provider: Pick<IdentityProvider, 'revoke' | 'endSessionUrl'>;
  readonly site: SessionSite;
  readonly clock: Clock;
  /** Told what the provider did not do. */
  readonly onError: (error: unknown) => void;
}

// The user waits, and is logged out already.
const revokeWithinMs = 3_000;

/**
 * `logout`: ends the session here, revokes its refresh token, and sends the browser to the identity provider to end its session there; where that cannot be reached, straight to
 * `returnUrl`. The query needs the session's `sid`, which no other site knows: otherwise 400, and nothing ends. `returnUrl` must be registered with the provider for its way back.
 */
export function logoutEndpoint({ sessions, provider, site, clock, onError }: LogoutParts): SessionEndpoint {
  const { cookies, origin } = site;
  return async ({ headers, url }) => {
    const query = new RequestQuery(url, ['sid', 'returnUrl']);
    const returnUrl = query.returnUrl();
    const sid = query.value('sid');
    if (!sid) throw refused('sid is missing');
    const id = singleCookie(headers['cookie'], cookies.sessionName) ?? '';
    const active = await sessions.find(id, false);
    if (!active) return redirectTo(returnUrl, cookies.noSession());
    const { session } = active;
    if (session.sid !== sid) throw refused('sid is that of another session');
    await sessions.end(id);
    return redirectTo((await leave(session, `${origin}${returnUrl}`)) ?? returnUrl, cookies.noSession());
  };

  async function leave({ idToken, refreshToken }: WebSession, backTo: string): Promise<string | undefined> {
    try {
      if (refreshToken !== '') await inTime(provider.revoke(refreshToken));
    } catch (error) {
      onError(error);
      if (error instanceof LateError || isUnreachable(error)) return undefined;
    }
    return provider.endSessionUrl({ id_token_hint: idToken, post_logout_redirect_uri: backTo }).catch((error: unknown) => {
      onError(error);
      return undefined;
    });
  }

  function inTime(task: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = clock.schedule(() => reject(new LateError(`No answer within ${revokeWithinMs} ms`)), revokeWithinMs);
      void task.then(resolve, reject).finally(() => timer.cancel());
    });
  }
}

class LateError extends Error {}

function refused(reason: string): PorticoError {
  return new PorticoError('LOGOUT_REFUSED', { headers: { 'cache-control': 'no-store' }, cause: new TypeError(reason) });
}
