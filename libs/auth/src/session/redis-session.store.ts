import type { Clock } from '@portico/core';
import type { RedisConnection, RedisScript } from '@portico/redis';
import { sessionFields, sessionOfFields } from './session-fields.js';
import { hashedSessionId, newSessionId } from './session-id.js';
import { createSession, deleteSession, deleteSessions, updateSession } from './session.scripts.js';
import type { SessionStore } from './session.store.js';
import type { NewWebSession, SessionChange, WebSession } from './web-session.js';

const sessions = 'session:';
const bySid = 'session-sid:';
const bySub = 'session-sub:';
const stems = [sessions, bySid, bySub];

/** Sessions in Redis, for all replicas. Each ends there by itself at its `expiresAtMs`. Tokens are stored as they are: Redis must be closed to others. */
export class RedisSessionStore implements SessionStore {
  readonly #clock: Clock;
  readonly #create: RedisScript;
  readonly #read: RedisScript;
  readonly #update: RedisScript;
  readonly #delete: RedisScript;
  readonly #deleteAll: RedisScript;

  constructor(redis: Pick<RedisConnection, 'script'>, clock: Clock) {
    this.#clock = clock;
    this.#create = redis.script(createSession);
    this.#read = redis.script(`return redis.call('HGETALL', KEYS[1])`);
    this.#update = redis.script(updateSession);
    this.#delete = redis.script(deleteSession);
    this.#deleteAll = redis.script(deleteSessions);
  }

  async create(session: NewWebSession): Promise<string> {
    const id = newSessionId();
    const { expiresAtMs, endsAtMs, sid, sub } = session;
    await this.#create(stems, [hashedSessionId(id), this.#clock.epochMs(), expiresAtMs, endsAtMs, sid, sub, ...sessionFields(session)]);
    return id;
  }

  async read(id: string): Promise<WebSession | undefined> {
    const session = sessionOfFields((await this.#read([sessions + hashedSessionId(id)], [])) as string[]);
    return session && session.expiresAtMs > this.#clock.epochMs() ? session : undefined;
  }

  async update(id: string, revision: number, change: SessionChange): Promise<boolean> {
    const answer = await this.#update([sessions + hashedSessionId(id)], [revision, this.#clock.epochMs(), change.expiresAtMs ?? '', ...sessionFields(change)]);
    return answer === 1;
  }

  async delete(id: string): Promise<boolean> {
    return (await this.#delete(stems, [hashedSessionId(id)])) === 1;
  }

  async deleteBySid(sid: string): Promise<number> {
    return (await this.#deleteAll([...stems, bySid + sid], [])) as number;
  }

  async deleteBySubject(sub: string): Promise<number> {
    return (await this.#deleteAll([...stems, bySub + sub], [])) as number;
  }
}
