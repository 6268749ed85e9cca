import { LRUCache } from 'lru-cache';
import type { Awaitable, Clock, Deadline } from '@portico/core';
import { AnswerFlight } from '../answer-flight.js';
import { cachePolicies, type CachePolicies } from './cache-policy.js';
import type { RouteEntry } from './kept-route-answer.js';
import type { CallOutcome, RouteCall, RouteFlight } from './route-call.js';
import type { Purge, RouteEntries } from './route-entries.js';

const unshareableMs = 10_000;

/** Where `routeCache()` keeps the answers of configured routes, and which of them are being fetched. One for a gateway; purges what it keeps, here and in every replica that it shares it with. */
export class RouteCacheStore {
  readonly clock: Clock;
  /** Largest body that is kept, in bytes. */
  readonly maxEntryBytes: number;
  readonly policies: CachePolicies;
  readonly #entries: RouteEntries;
  readonly #flights = new Map<string, RouteFlight>();
  readonly #calls = new Set<RouteCall>();
  readonly #unshareable = new LRUCache<string, number>({ max: 1_000 });

  constructor(entries: RouteEntries, clock: Clock) {
    this.#entries = entries;
    this.clock = clock;
    this.maxEntryBytes = entries.maxEntryBytes;
    this.policies = cachePolicies(clock);
    entries.onPurged?.((purge) => this.#outdate(purge));
  }

  /** Drops all answers of a region, also those that are being fetched; gives the number of those that were kept. Rejects when the store fails. */
  async purge(region: string): Promise<number> {
    this.#outdate({ kind: 'region', name: region });
    return this.#entries.purgeRegion(region);
  }

  /**
   * Drops all answers of one address of a service, whatever method, caller or region they belong to; gives their number. Rejects when the store fails.
   * @param url path and query as they are sent to the service
   */
  async purgeUrl(service: string, url: string): Promise<number> {
    const uri = `${service}\n${url}`;
    this.#outdate({ kind: 'uri', name: uri });
    return this.#entries.purgeUri(uri);
  }

  /** The entry under `key`; undefined when there is none or the store fails. */
  async read(key: string): Promise<RouteEntry | undefined> {
    try {
      return await this.#entries.read(key);
    } catch {
      return undefined;
    }
  }

  /** Keeps `entry`, which `call` brought. Never throws. */
  write(key: string, entry: RouteEntry, keepMs: number, { begunAt }: RouteCall): void {
    quietly(() => this.#entries.write(key, entry, keepMs, this.clock.now() - begunAt));
  }

  /** Drops what lies under `key`. Never throws. */
  delete(key: string): void {
    quietly(() => this.#entries.delete(key));
  }

  /** The flight that can be waited for under `key`. */
  flightOf(key: string): RouteFlight | undefined {
    const flight = this.#flights.get(key);
    return flight?.open ? flight : undefined;
  }

  /** Opens a flight under `key`, unless it was seen of late that its answers are not for sharing. It takes itself away when it lands. */
  openFlight(key: string, deadline: Deadline): RouteFlight | undefined {
    if ((this.#unshareable.get(key) ?? 0) > this.clock.now()) return undefined;
    const flight: RouteFlight = new AnswerFlight<CallOutcome>(deadline, () => this.#takeAway(key, flight));
    this.#flights.set(key, flight);
    return flight;
  }

  /** Notes that for a while nobody should wait for an answer under `key`: he would have to fetch his own all the same. */
  noteUnshareable(key: string): void {
    this.#unshareable.set(key, this.clock.now() + unshareableMs);
  }

  /** Takes that back. */
  noteShareable(key: string): void {
    this.#unshareable.delete(key);
  }

  /** Notes that a call begins: a purge must also reach what it brings. */
  begin(region: string, uri: string, flightKey: string | undefined): RouteCall {
    const call: RouteCall = { region, uri, begunAt: this.clock.now(), flightKey, outdated: false };
    this.#calls.add(call);
    return call;
  }

  end(call: RouteCall): void {
    this.#calls.delete(call);
  }

  /** Calls whose answer may yet be kept. */
  get underWay(): number {
    return this.#calls.size;
  }

  #outdate(purge: Purge): void {
    for (const call of this.#calls) {
      if (purge.kind !== 'all' && call[purge.kind] !== purge.name) continue;
      call.outdated = true;
      // Those who wait began before, too. Whoever comes from now on must not join them.
      if (call.flightKey !== undefined) this.#flights.delete(call.flightKey);
    }
  }

  #takeAway(key: string, flight: RouteFlight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}

function quietly(task: () => Awaitable<void>): void {
  try {
    const done = task();
    if (done instanceof Promise) done.catch(() => {});
  } catch {
    return;
  }
}
