import type { Awaitable } from '@portico/core';
import { SingleFlight } from '../single-flight.js';
import { hashedSessionId } from './session-id.js';
import { SessionRefresh } from './session-refresh.js';
import type { SessionTokensDeps, SessionTokensOptions } from './session-tokens.options.js';
import type { ActiveSession } from './web-sessions.js';

// A token that ends on its way to a service is of no use to it.
const tooShortMs = 1_000;

/**
 * The access tokens of sessions, always good for a while. One that ends soon is replaced in the background, one that has ended before it is handed out, and only once for however many
 * requests and replicas: refresh tokens may be used once, and a second use ends them all (RFC 9700 4.14.2).
 */
export class SessionTokens {
  readonly #deps: SessionTokensDeps;
  readonly #refresh: SessionRefresh;
  readonly #flights = new SingleFlight<string>();

  constructor(deps: SessionTokensDeps, options: SessionTokensOptions = {}) {
    this.#deps = deps;
    this.#refresh = new SessionRefresh(deps, options);
  }

  /**
   * The session's access token. A promise only when it has to be replaced first.
   * @throws PorticoError as a rejection: SESSION_MISSING when the session is over or the provider ended it, AUTHORITY_UNAVAILABLE when the provider cannot be asked (the session stays),
   * SESSIONS_UNAVAILABLE
   */
  accessToken({ id, session }: ActiveSession): Awaitable<string> {
    const now = this.#deps.clock.epochMs();
    if (now < session.refreshAtMs) return session.accessToken;
    if (now >= session.accessTokenEndsAtMs - tooShortMs) return this.#once(id);
    if (session.refreshToken !== '') void this.#once(id).catch(() => {});
    return session.accessToken;
  }

  #once(id: string): Promise<string> {
    const key = hashedSessionId(id);
    return this.#flights.run(key, () => this.#refresh.token(id, key));
  }
}

