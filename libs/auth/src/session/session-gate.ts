import { PorticoError, type Awaitable } from '@portico/core';
import { crossSiteFault } from './cross-site-fault.js';
import type { SessionCookies } from './session-cookies.js';
import { sessionMissing } from './session-failure.js';
import { singleCookie } from './single-cookie.js';
import type { ActiveSession, WebSessions } from './web-sessions.js';

export interface SessionGateOptions {
  readonly cookies: SessionCookies;
  /** The client as which users log in; callers have it as `clientId`. */
  readonly clientId: string;
  /** Origins whose pages may call, the gateway's own among them. */
  readonly origins: readonly string[];
}

/** Who a request's cookie stands for: a session, one that has `ended`, or `none` when there is no cookie. */
export type Admission = ActiveSession | 'ended' | 'none';

/** Lets requests with a session cookie in, unless another site may have made them. */
export class SessionGate {
  readonly clientId: string;
  /** Name of the cookie that a session is known by. */
  readonly cookieName: string;
  readonly #sessions: WebSessions;
  readonly #origins: ReadonlySet<string>;

  /** @throws TypeError when an origin is none */
  constructor(sessions: WebSessions, { cookies, clientId, origins }: SessionGateOptions) {
    this.#sessions = sessions;
    this.clientId = clientId;
    this.cookieName = cookies.sessionName;
    this.#origins = new Set(origins.map((origin) => new URL(origin).origin));
  }

  /**
   * Whom a request comes from. Waits only where the session store does.
   * @param slide whether this counts as a use of the session
   * @throws PorticoError CSRF_REFUSED, SESSION_MISSING for a cookie that is there twice, SESSIONS_UNAVAILABLE; the last also as a rejection
   */
  admit(headers: Readonly<Record<string, string | string[] | undefined>>, slide = true): Awaitable<Admission> {
    const id = singleCookie(headers['cookie'], this.cookieName);
    if (id === undefined) return 'none';
    const fault = crossSiteFault(headers, this.#origins);
    if (fault !== undefined) throw new PorticoError('CSRF_REFUSED', { headers: { 'cache-control': 'no-store' }, cause: new TypeError(fault) });
    if (id === '') throw sessionMissing('The cookie is empty or there twice');
    const found = this.#sessions.find(id, slide);
    return found instanceof Promise ? found.then(orEnded) : orEnded(found);
  }
}

function orEnded(found: ActiveSession | undefined): Admission {
  return found ?? 'ended';
}
