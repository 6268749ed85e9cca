import { isPorticoError, PorticoError, type Clock, type Random } from '@portico/core';
import { loginRefused } from './login-failure.js';
import { newWebSession } from './new-web-session.js';
import { RequestQuery } from './request-query.js';
import { redirectTo, type SessionAnswer, type SessionEndpoint, type SessionRequest } from './session-endpoint.js';
import type { SessionLimits } from './session-limits.js';
import type { SessionSite } from './session-site.js';
import { singleCookie } from './single-cookie.js';
import type { WebLogin } from './web-login.js';
import type { WebSessions } from './web-sessions.js';

/** What the callback needs. */
export interface CallbackParts {
  readonly login: WebLogin;
  readonly site: SessionSite;
  readonly sessions: WebSessions;
  readonly limits: SessionLimits;
  /** Scopes that are asked for, set apart by spaces. */
  readonly scope: string;
  readonly clock: Clock;
  readonly random: Random;
}

/** `callback`: where the identity provider sends the browser back to. Begins the session under a new id, ends the former one, and removes the login's cookie whatever happens. */
export function callbackEndpoint(parts: CallbackParts): SessionEndpoint {
  const { cookies } = parts.site;
  return async (request) => {
    parts.site.assertSecure(request);
    try {
      return await complete(parts, request);
    } catch (error) {
      throw withCookie(error, cookies.noTransaction());
    }
  };
}

async function complete(parts: CallbackParts, { headers, url }: SessionRequest): Promise<SessionAnswer> {
  const { login, site, sessions, scope } = parts;
  const { cookies } = site;
  const sealed = singleCookie(headers['cookie'], cookies.transactionName);
  if (!sealed) throw loginRefused(new TypeError('There is no login in progress'));
  const { tokens, returnUrl, former } = await login.complete(RequestQuery.textOf(url), sealed);
  if (!tokens) return redirectTo(told(site, returnUrl, 'login_required'), cookies.noTransaction());
  const sent = singleCookie(headers['cookie'], cookies.sessionName) ?? '';
  const id = await sessions.begin(newWebSession(tokens, scope, parts), [former, sent]);
  return redirectTo(told(site, returnUrl, 'ok'), cookies.session(id), cookies.noTransaction());
}

function told({ silentPage }: SessionSite, returnUrl: string, result: string): string {
  return returnUrl === silentPage ? `${returnUrl}?result=${result}` : returnUrl;
}

function withCookie(error: unknown, cookie: string): unknown {
  if (!isPorticoError(error)) return error;
  const { code, detail, headers, cause } = error;
  return new PorticoError(code, { detail, headers: { ...headers, 'set-cookie': cookie }, cause });
}
