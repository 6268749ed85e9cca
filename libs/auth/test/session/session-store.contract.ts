import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '@portico/core';
import type { SessionStore } from '../../src/session/session.store.js';
import { newSession } from './new-session.js';

/** What every session store promises. `make` is called before each test, for an empty one. */
export function describeSessionStore(title: string, make: () => Promise<{ store: SessionStore; clock: Clock & { advance(ms: number): Promise<void> } }>): void {
  describe(title, () => {
    let store: SessionStore;
    let clock: Awaited<ReturnType<typeof make>>['clock'];
    beforeEach(async () => ({ store, clock } = await make()));

    it('gives back what it was given, under an id of 256 bits', async () => {
      const session = newSession(clock);
      const id = await store.create(session);
      expect(id).toMatch(/^[\w-]{43}$/);
      expect(await store.read(id)).toEqual({ ...session, revision: 1 });
    });

    it('never gives an id twice', async () => {
      expect(await store.create(newSession(clock))).not.toBe(await store.create(newSession(clock)));
    });

    it('knows nothing of ids that it never gave', async () => {
      expect(await store.read('a'.repeat(43))).toBeUndefined();
      expect(await store.delete('a'.repeat(43))).toBe(false);
    });

    it('changes a session of the expected revision, and counts up', async () => {
      const id = await store.create(newSession(clock));
      expect(await store.update(id, 1, { accessToken: 'access-2', refreshAtMs: 7 })).toBe(true);
      expect(await store.read(id)).toMatchObject({ accessToken: 'access-2', refreshAtMs: 7, refreshToken: 'refresh-1', revision: 2 });
    });

    it('changes nothing for whoever knows an older revision', async () => {
      const id = await store.create(newSession(clock));
      await store.update(id, 1, { accessToken: 'access-2' });
      expect(await store.update(id, 1, { accessToken: 'late' })).toBe(false);
      expect(await store.read(id)).toMatchObject({ accessToken: 'access-2', revision: 2 });
    });

    it('does not revive a session that has ended', async () => {
      const id = await store.create(newSession(clock));
      expect(await store.delete(id)).toBe(true);
      expect(await store.update(id, 1, { lastSeenAtMs: 1, expiresAtMs: clock.epochMs() + 1_000 })).toBe(false);
      expect(await store.read(id)).toBeUndefined();
      expect(await store.delete(id)).toBe(false);
    });

    it('ends a session at its expiry, and not before', async () => {
      const id = await store.create(newSession(clock, { expiresAtMs: clock.epochMs() + 10_000 }));
      await clock.advance(9_999);
      expect(await store.read(id)).toBeDefined();
      await clock.advance(1);
      expect(await store.read(id)).toBeUndefined();
    });

    it('lets an update move the expiry', async () => {
      const id = await store.create(newSession(clock, { expiresAtMs: clock.epochMs() + 10_000 }));
      await store.update(id, 1, { expiresAtMs: clock.epochMs() + 20_000 });
      await clock.advance(15_000);
      expect(await store.read(id)).toBeDefined();
    });

    it('ends the sessions of one sid only', async () => {
      const [first, second, other] = [await store.create(newSession(clock)), await store.create(newSession(clock)), await store.create(newSession(clock, { sid: 's-2' }))];
      expect(await store.deleteBySid('s-1')).toBe(2);
      expect([await store.read(first), await store.read(second)]).toEqual([undefined, undefined]);
      expect(await store.read(other)).toBeDefined();
      expect(await store.deleteBySid('s-1')).toBe(0);
    });

    it('ends all sessions of one user only', async () => {
      const mine = [await store.create(newSession(clock)), await store.create(newSession(clock, { sid: 's-2' }))];
      const his = await store.create(newSession(clock, { sub: 'bob', sid: 's-3' }));
      expect(await store.deleteBySubject('alice')).toBe(2);
      for (const id of mine) expect(await store.read(id)).toBeUndefined();
      expect(await store.read(his)).toBeDefined();
    });

    it('counts a session that was deleted by its id no more', async () => {
      const id = await store.create(newSession(clock));
      await store.delete(id);
      expect(await store.deleteBySid('s-1')).toBe(0);
      expect(await store.deleteBySubject('alice')).toBe(0);
    });
  });
}
