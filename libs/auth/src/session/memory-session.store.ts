import { KeyIndex, type Clock } from '@portico/core';
import { hashedSessionId, newSessionId } from './session-id.js';
import type { SessionStore } from './session.store.js';
import type { NewWebSession, SessionChange, WebSession } from './web-session.js';

/** Sessions in the memory of this process: for one replica, and lost when it ends. When there are too many, the one unused for longest goes. */
export class MemorySessionStore implements SessionStore {
  /** By hashed id, in the order of their last change. */
  readonly #sessions = new Map<string, WebSession>();
  readonly #bySid = new KeyIndex();
  readonly #bySub = new KeyIndex();
  readonly #clock: Clock;
  readonly #maxSessions: number;

  /** @param maxSessions how many are kept; 100,000 by default */
  constructor(clock: Clock, maxSessions = 100_000) {
    this.#clock = clock;
    this.#maxSessions = maxSessions;
  }

  get size(): number {
    return this.#sessions.size;
  }

  create(session: NewWebSession): string {
    this.#makeRoom();
    const id = newSessionId();
    const key = hashedSessionId(id);
    this.#sessions.set(key, Object.freeze({ ...session, revision: 1 }));
    this.#bySid.add(session.sid, key);
    this.#bySub.add(session.sub, key);
    return id;
  }

  read(id: string): WebSession | undefined {
    return this.#read(hashedSessionId(id));
  }

  update(id: string, revision: number, change: SessionChange): boolean {
    const key = hashedSessionId(id);
    const session = this.#read(key);
    if (session?.revision !== revision) return false;
    this.#sessions.delete(key);
    this.#sessions.set(key, Object.freeze({ ...session, ...change, revision: revision + 1 }));
    return true;
  }

  delete(id: string): boolean {
    return this.#delete(hashedSessionId(id));
  }

  deleteBySid(sid: string): number {
    return this.#bySid.keysOf(sid).filter((key) => this.#delete(key)).length;
  }

  deleteBySubject(sub: string): number {
    return this.#bySub.keysOf(sub).filter((key) => this.#delete(key)).length;
  }

  #read(key: string): WebSession | undefined {
    const session = this.#sessions.get(key);
    if (!session || session.expiresAtMs > this.#clock.epochMs()) return session;
    this.#remove(key, session);
    return undefined;
  }

  #delete(key: string): boolean {
    const session = this.#read(key);
    if (!session) return false;
    this.#remove(key, session);
    return true;
  }

  #remove(key: string, { sid, sub }: WebSession): void {
    this.#sessions.delete(key);
    this.#bySid.delete(sid, key);
    this.#bySub.delete(sub, key);
  }

  // The first is the one unused for longest: those that have ended are mostly found there, and a few at each login are enough.
  #makeRoom(): void {
    for (const [key, session] of this.#sessions) {
      if (session.expiresAtMs > this.#clock.epochMs() && this.#sessions.size < this.#maxSessions) return;
      this.#remove(key, session);
    }
  }
}
