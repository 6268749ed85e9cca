import type { Awaitable, Clock } from '@portico/core';
import { isSessionId } from './session-id.js';
import { sessionsUnavailable } from './session-failure.js';
import type { SessionLimits } from './session-limits.js';
import type { SessionStore } from './session.store.js';
import type { NewWebSession, WebSession } from './web-session.js';

/** A session and the id that its browser knows it by. */
export interface ActiveSession {
  readonly id: string;
  readonly session: WebSession;
}

/** The sessions of this gateway. Whatever the store does wrong is SESSIONS_UNAVAILABLE, thrown or as a rejection: nobody is let in on a guess. */
export class WebSessions {
  readonly #store: SessionStore;
  readonly #limits: SessionLimits;
  readonly #clock: Clock;

  constructor(store: SessionStore, limits: SessionLimits, clock: Clock) {
    this.#store = store;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Begins a session under a new id; those of `former`, which it replaces, end before. */
  async begin(session: NewWebSession, former: readonly string[]): Promise<string> {
    for (const id of former) if (isSessionId(id)) await this.#asked(() => this.#store.delete(id));
    return this.#asked(() => this.#store.create(session));
  }

  /**
   * The session of `id`; undefined when it ended or never was. Waits only where the store does.
   * @param slide whether this counts as a use that extends the session
   */
  find(id: string, slide = true): Awaitable<ActiveSession | undefined> {
    if (!isSessionId(id)) return undefined;
    const found = this.#asked(() => this.#store.read(id));
    return found instanceof Promise ? found.then((session) => this.#seen(id, session, slide)) : this.#seen(id, found, slide);
  }

  /** Ends a session; returns whether there was one. */
  async end(id: string): Promise<boolean> {
    return this.#asked(() => this.#store.delete(id));
  }

  /** Ends the sessions with the provider's session id; returns how many. */
  async endBySid(sid: string): Promise<number> {
    return this.#asked(() => this.#store.deleteBySid(sid));
  }

  /** Ends all sessions of a user; returns how many. */
  async endBySubject(sub: string): Promise<number> {
    return this.#asked(() => this.#store.deleteBySubject(sub));
  }

  #seen(id: string, session: WebSession | undefined, slide: boolean): ActiveSession | undefined {
    if (!session) return undefined;
    const now = this.#clock.epochMs();
    if (slide && this.#limits.isNoteworthy(session, now)) this.#note(id, session, now);
    return { id, session };
  }

  // Not waited for: the next request notes what this one could not, and finds out by itself that the store is gone.
  #note(id: string, session: WebSession, lastSeenAtMs: number): void {
    const change = { lastSeenAtMs, expiresAtMs: this.#limits.expiresAtMs(session, lastSeenAtMs) };
    void (async () => this.#store.update(id, session.revision, change))().catch(() => {});
  }

  #asked<T>(ask: () => Awaitable<T>): Awaitable<T> {
    try {
      const answer = ask();
      return answer instanceof Promise ? answer.catch(unavailable) : answer;
    } catch (cause) {
      return unavailable(cause);
    }
  }
}

function unavailable(cause: unknown): never {
  throw sessionsUnavailable(cause);
}
