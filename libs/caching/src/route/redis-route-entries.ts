import { hash, randomUUID } from 'node:crypto';
import type { Clock } from '@portico/core';
import type { RedisScript } from '@portico/redis';
import { KnownForAWhile } from '../known-for-a-while.js';
import type { SharedCacheOptions } from '../shared-cache.options.js';
import type { RouteEntry } from './kept-route-answer.js';
import type { MemoryRouteEntries } from './memory-route-entries.js';
import { longestCallMs, purgeEntries, writeEntry } from './route-entries.scripts.js';
import type { Purge, RouteEntries } from './route-entries.js';
import { readRouteEntry, writeRouteEntry } from './route-entry-bytes.js';

const everything: Purge = { kind: 'all' };

/**
 * Answers of routes for all replicas: the memory of this process before Redis. What memory has, or has not, holds for at most 1 s before Redis is asked; a purge reaches every replica at once.
 * While Redis is away memory goes on by itself, and nobody waits. A purge rejects then, for it reaches this replica alone; once Redis is back, everything there is purged in its place.
 */
export class RedisRouteEntries implements RouteEntries {
  readonly maxEntryBytes: number;
  readonly #memory: MemoryRouteEntries;
  readonly #shared: SharedCacheOptions;
  readonly #known: KnownForAWhile;
  readonly #absent: KnownForAWhile;
  readonly #write: RedisScript;
  readonly #purge: RedisScript;
  readonly #channel: string;
  readonly #self = randomUUID();
  readonly #listeners: ((purge: Purge) => void)[] = [];
  #missed = false;

  private constructor(memory: MemoryRouteEntries, clock: Clock, shared: SharedCacheOptions) {
    this.maxEntryBytes = memory.maxEntryBytes;
    this.#memory = memory;
    this.#shared = shared;
    this.#known = new KnownForAWhile(clock);
    this.#absent = new KnownForAWhile(clock);
    this.#write = shared.redis.script(writeEntry);
    this.#purge = shared.redis.script(purgeEntries);
    this.#channel = `routes:${shared.gateway}`;
    shared.reach.whenBack(() => {
      if (this.#missed) this.#purgeShared(everything).catch(() => {});
    });
  }

  /** Begins to listen for purges, for as long as the connection is open. @throws Error when Redis cannot be asked now */
  static async open(memory: MemoryRouteEntries, clock: Clock, shared: SharedCacheOptions): Promise<RedisRouteEntries> {
    const entries = new RedisRouteEntries(memory, clock, shared);
    // Whenever listening begins, something may have been missed.
    await shared.redis.subscribe(entries.#channel, (message) => entries.#hear(message.toString()), () => entries.#drop(everything));
    return entries;
  }

  onPurged(listener: (purge: Purge) => void): void {
    this.#listeners.push(listener);
  }

  async read(key: string): Promise<RouteEntry | undefined> {
    const kept = this.#memory.read(key);
    const { reach, redis } = this.#shared;
    if (reach.away || (kept ? this.#known : this.#absent).has(key)) return kept;
    const place = this.#place(key);
    const found = await reach.ask(() => Promise.all([redis.client.getBuffer(place), redis.client.pttl(place)])).catch(() => undefined);
    return found ? this.#take(key, ...found) : kept;
  }

  async write(key: string, entry: RouteEntry, keepMs: number, callMs: number): Promise<void> {
    this.#remember(key, entry, keepMs);
    const { reach } = this.#shared;
    if (reach.away || callMs > longestCallMs) return;
    const indexes: Purge[] = [everything, { kind: 'region', name: entry.region }, { kind: 'uri', name: entry.uri }];
    const keys = [this.#place(key), ...indexes.map((purge) => this.#index(purge)), ...indexes.map((purge) => this.#purged(purge))];
    const kept = await reach.ask(() => this.#write(keys, [writeRouteEntry(entry), Math.max(1, Math.ceil(keepMs)), Math.ceil(callMs)]));
    if (kept === 0) this.#memory.delete(key);
  }

  async delete(key: string): Promise<void> {
    this.#memory.delete(key);
    const { reach, redis } = this.#shared;
    if (!reach.away) await reach.ask(() => redis.client.del(this.#place(key)));
  }

  purgeRegion(region: string): Promise<number> {
    this.#memory.purgeRegion(region);
    return this.#purgeShared({ kind: 'region', name: region });
  }

  purgeUri(uri: string): Promise<number> {
    this.#memory.purgeUri(uri);
    return this.#purgeShared({ kind: 'uri', name: uri });
  }

  async #purgeShared(purge: Purge): Promise<number> {
    const { reach, redis } = this.#shared;
    try {
      const count = await reach.ask(() => this.#purge([this.#index(purge), this.#purged(purge)], []));
      await reach.ask(() => redis.publish(this.#channel, JSON.stringify({ by: this.#self, purge })));
      if (purge.kind === 'all') this.#missed = false;
      return count as number;
    } catch (error) {
      this.#missed = true;
      throw error;
    }
  }

  #hear(message: string): void {
    const { by, purge } = JSON.parse(message) as { readonly by: string; readonly purge: Purge };
    if (by !== this.#self) this.#drop(purge);
  }

  #drop(purge: Purge): void {
    if (purge.kind === 'all') this.#memory.clear();
    else if (purge.kind === 'region') this.#memory.purgeRegion(purge.name);
    else this.#memory.purgeUri(purge.name);
    for (const listener of this.#listeners) listener(purge);
  }

  #take(key: string, bytes: Buffer | null, leftMs: number): RouteEntry | undefined {
    if (bytes === null || leftMs <= 0) {
      this.#memory.delete(key);
      this.#absent.add(key);
      return undefined;
    }
    const entry = readRouteEntry(bytes);
    this.#remember(key, entry, leftMs);
    return entry;
  }

  #remember(key: string, entry: RouteEntry, keepMs: number): void {
    this.#memory.write(key, entry, keepMs);
    this.#known.add(key);
    this.#absent.delete(key);
  }

  #place(key: string): string {
    return `route:${this.#shared.gateway}:${digest(key)}`;
  }

  #index(purge: Purge): string {
    return `route-index:${this.#shared.gateway}:${nameOf(purge)}`;
  }

  #purged(purge: Purge): string {
    return `route-purged:${this.#shared.gateway}:${nameOf(purge)}`;
  }
}

function nameOf(purge: Purge): string {
  return purge.kind === 'all' ? 'all' : `${purge.kind}:${digest(purge.name)}`;
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}
