import type { Awaitable } from '@portico/core';
import type { NewWebSession, SessionChange, WebSession } from './web-session.js';

/**
 * Where sessions are kept. An id is known to the browser only; a store keeps its SHA-256. A session is gone once `expiresAtMs` is reached.
 * Every method throws or rejects when the store cannot be reached: nobody is let in then.
 */
export interface SessionStore {
  /** Stores a new session with revision 1; returns its id, 256 random bits. */
  create(session: NewWebSession): Awaitable<string>;
  /** The session; undefined when it ended or never was. What is returned is never changed. */
  read(id: string): Awaitable<WebSession | undefined>;
  /**
   * Changes a session that still has `revision`, and counts it up. It never inserts, so no late writer revives a session that has ended.
   * @returns whether it did; false when the session has ended or was changed by somebody else
   */
  update(id: string, revision: number, change: SessionChange): Awaitable<boolean>;
  /** Ends a session; returns whether there was one. */
  delete(id: string): Awaitable<boolean>;
  /** Ends the sessions with the provider's session id `sid`; returns how many. */
  deleteBySid(sid: string): Awaitable<number>;
  /** Ends all sessions of a user; returns how many. */
  deleteBySubject(sub: string): Awaitable<number>;
}
