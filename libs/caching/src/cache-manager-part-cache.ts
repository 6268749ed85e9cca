import type { Cache } from 'cache-manager';
import type { Clock, KeptAnswer, PartCache } from '@portico/core';

const prefix = 'part\n';

/** Keeps service answers in a cache-manager cache. Never throws: a cache that fails is a cache that misses. */
export class CacheManagerPartCache implements PartCache {
  readonly #cache: Cache;
  readonly #clock: Clock;

  constructor(cache: Cache, clock: Clock) {
    this.#cache = cache;
    this.#clock = clock;
  }

  async read(key: string): Promise<KeptAnswer | undefined> {
    try {
      const text = await this.#cache.get<string>(prefix + key);
      if (typeof text !== 'string') return undefined;
      const end = text.indexOf('\n');
      const keptAtMs = Number(text.slice(0, end));
      if (end < 1 || !Number.isFinite(keptAtMs)) return undefined;
      return { body: text.slice(end + 1), ageMs: Math.max(0, this.#clock.epochMs() - keptAtMs) };
    } catch {
      return undefined;
    }
  }

  async write(key: string, body: string, keepMs: number): Promise<void> {
    // Keyv takes 0 for "for ever".
    if (!(keepMs > 0)) return;
    try {
      await this.#cache.set(prefix + key, `${this.#clock.epochMs()}\n${body}`, keepMs);
    } catch {
      return;
    }
  }
}
