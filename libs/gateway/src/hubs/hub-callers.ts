import { SessionGate, singleCookie, WebSessions } from '@portico/auth';
import type { Clock, RequestContext, Resolve } from '@portico/core';
import type { GatewayConfig } from '../gateway.config.js';
import { SharedState } from '../identity/shared-state.js';
import { CallerWatch } from './caller-watch.js';
import type { ConnectedCaller } from './connected-caller.js';

/** What hubs know of who their callers are, over what they came with. */
export class HubCallers {
  readonly watch: CallerWatch;
  readonly #cookieName: string | undefined;

  constructor(config: GatewayConfig, resolve: Resolve, clock: Clock) {
    const hasSessions = 'session' in config;
    this.#cookieName = hasSessions ? resolve(SessionGate).cookieName : undefined;
    this.watch = new CallerWatch({ clock, revocations: resolve(SharedState).revocations, sessions: hasSessions ? resolve(WebSessions) : undefined });
  }

  /** The session cookie of a request; undefined where there is none, or none is looked for. */
  cookieOf({ headers }: Pick<RequestContext, 'headers'>): string | undefined {
    return this.#cookieName === undefined ? undefined : singleCookie(headers['cookie'], this.#cookieName);
  }

  /** Whether a request comes from the browser of somebody else: one with another session cookie than the connection began with. None is needed. */
  isElses(request: Pick<RequestContext, 'headers'>, { cookie: begunWith }: ConnectedCaller): boolean {
    const cookie = this.cookieOf(request);
    return cookie !== undefined && cookie !== begunWith;
  }
}
