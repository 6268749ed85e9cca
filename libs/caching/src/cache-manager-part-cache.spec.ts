import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '@portico/core/testing';
import { BoundedTextStore } from './bounded-text-store.js';
import { CacheManagerPartCache } from './cache-manager-part-cache.js';
import { createTextCache } from './text-cache.js';

let clock: ManualClock;
let parts: CacheManagerPartCache;

beforeEach(() => {
  clock = new ManualClock();
  parts = new CacheManagerPartCache(createTextCache({ clock }), clock);
});

describe('CacheManagerPartCache', () => {
  it('gives back the text it was given, with its age, for as long as it was told', async () => {
    const body = '{"a":"ä\\n"}\nsecond line';
    await parts.write('k', body, 1_000);
    await clock.advance(999);
    expect(await parts.read('k')).toEqual({ body, ageMs: 999 });
    await clock.advance(1);
    expect(await parts.read('k')).toBeUndefined();
  });

  it('keeps an empty body, and nothing for no time', async () => {
    await parts.write('empty', '', 1_000);
    await parts.write('never', 'x', 0);
    expect(await parts.read('empty')).toEqual({ body: '', ageMs: 0 });
    expect(await parts.read('never')).toBeUndefined();
  });

  it('never throws when the store fails', async () => {
    const broken = new Keyv({
      store: {
        get: () => Promise.reject(new Error('down')),
        set: () => Promise.reject(new Error('down')),
        delete: async () => true,
        clear: async () => {},
      },
    });
    for (const cache of [createCache({ stores: [broken] }), { get: () => Promise.reject(new Error()), set: () => Promise.reject(new Error()) } as never]) {
      parts = new CacheManagerPartCache(cache, clock);
      await expect(parts.write('k', 'x', 1_000)).resolves.toBeUndefined();
      await expect(parts.read('k')).resolves.toBeUndefined();
    }
  });

  it('misses on what it did not write', async () => {
    const cache = createTextCache({ clock });
    parts = new CacheManagerPartCache(cache, clock);
    for (const text of ['x', '', '\nbody', 'soon\nbody']) {
      await cache.set('part\nk', text, 1_000);
      expect(await parts.read('k')).toBeUndefined();
    }
  });
});

describe('BoundedTextStore', () => {
  const store = (options: object) => new BoundedTextStore({ clock, ...options });

  it('holds no more entries than allowed and lets the least recently used go', async () => {
    const bounded = store({ maxEntries: 2 });
    for (const key of ['a', 'b']) await bounded.set(key, { value: key });
    await bounded.get('a');
    await bounded.set('c', { value: 'c' });
    expect(await bounded.get('b')).toBeUndefined();
    expect(await bounded.get('a')).toEqual({ value: 'a' });
  });

  it('holds no more bytes than allowed, keys counted', async () => {
    const bounded = store({ maxBytes: 1_000 });
    for (let i = 0; i < 100; i++) await bounded.set(`key-${i}`, { value: 'x'.repeat(40) });
    expect(bounded.size).toBeGreaterThan(5);
    expect(bounded.bytes).toBeLessThanOrEqual(1_000);
  });

  it('does not keep one entry that is too large', async () => {
    const bounded = store({ maxEntryBytes: 100 });
    await bounded.set('k', { value: 'old' });
    expect(await bounded.set('k', { value: 'x'.repeat(60) })).toBe(false);
    expect(await bounded.get('k')).toBeUndefined();
  });

  it('refuses what is no text', async () => {
    await expect(store({}).set('k', { value: { shared: true } })).rejects.toThrow(TypeError);
  });

  it('is emptied by delete and clear', async () => {
    const bounded = store({});
    await bounded.set('a', { value: '1' });
    await bounded.set('b', { value: '2' });
    expect(await bounded.delete('a')).toBe(true);
    expect(bounded.size).toBe(1);
    await bounded.clear();
    expect([bounded.size, bounded.bytes]).toEqual([0, 0]);
  });
});
