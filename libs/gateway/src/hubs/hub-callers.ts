import { SessionGate, singleCookie, WebSessions } from '@portico/auth';
import type { Clock, Resolve } from '@portico/core';
import type { IncomingMessage } from 'node:http';
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

  /** Whether a request comes from the browser of somebody else: one with the cookie of another session than the connection began with. None is needed. */
  isElses({ headers }: IncomingMessage, { sessionId }: ConnectedCaller): boolean {
    if (this.#cookieName === undefined) return false;
    const cookie = singleCookie(headers.cookie, this.#cookieName);
    return cookie !== undefined && cookie !== (sessionId ?? '');
  }
}
