import { Deadline, type ForwardRequest, type RequestContext, type ServiceAnswer, type ServiceEvent } from '@portico/core';
import { addCacheStatus } from './cache-status.js';
import { clientCondition, type ClientCondition } from './client-condition.js';
import { clientWishes, noWishes, type ClientWishes } from './client-wishes.js';
import type { FetchedAnswer } from './fetched-answer.js';
import { giveKept, isHeld, withheld } from './give-kept.js';
import { everyone, type KeptRouteAnswer } from './kept-route-answer.js';
import { ageOf, standsIn, useOf } from './kept-use.js';
import { lookUp, type Found } from './look-up.js';
import { ownerOf } from './owner.js';
import { readBodyDigest } from './read-body.js';
import type { RouteFlight } from './route-call.js';
import type { RoutePlan } from './route-plan.js';
import { RouteFetch } from './route-fetch.js';
import { selectionOf } from './selection.js';
import { notKept } from './service-failure.js';

/** One request that may be answered by a kept answer. */
export class RouteVisit {
  readonly #plan: RoutePlan;
  readonly #context: RequestContext;
  readonly #request: ForwardRequest;
  readonly #next: () => Promise<ServiceAnswer>;
  readonly #headOnly: boolean;
  #condition: ClientCondition | undefined = undefined;
  #wishes: ClientWishes = noWishes;
  #owner = '';
  #key = '';

  constructor(plan: RoutePlan, context: RequestContext, request: ForwardRequest, next: () => Promise<ServiceAnswer>) {
    this.#plan = plan;
    this.#context = context;
    this.#request = request;
    this.#next = next;
    this.#headOnly = request.method === 'HEAD';
  }

  async answer(): Promise<ServiceAnswer> {
    const { rule, store, keyOf } = this.#plan;
    const { method, headers, body } = this.#request;
    const digest = body === undefined ? '' : await readBodyDigest(this.#request, store.maxEntryBytes);
    const owner = ownerOf(this.#context, this.#request);
    if (digest === undefined || owner === undefined) return this.#passBy('fwd=bypass');
    if (rule.obeysFields) this.#wishes = clientWishes(headers);
    if (this.#wishes.noStore) return this.#passBy('fwd=request');
    if (method === 'GET' || this.#headOnly) this.#condition = clientCondition(headers);
    this.#owner = owner;
    this.#key = keyOf(this.#context, this.#request, digest);

    const found = await this.#find();
    const { best } = found;
    if (best && best.use !== 'validate') {
      if (best.use === 'refresh') this.#refresh(found);
      return this.#give(best.kept, 'hit', 'cache-hit');
    }
    if (this.#wishes.onlyIfCached) throw notKept();
    return this.#headOnly ? this.#fetch(found, undefined) : this.#fetchOrJoin(found);
  }

  async #find(): Promise<Found> {
    const { store } = this.#plan;
    const { method } = this.#request;
    const find = (whose: string) => lookUp(store, this.#key, this.#owner, this.#request, whose, this.#wishes);
    if (this.#headOnly) {
      const ofGet = await find('GET');
      if (ofGet.best && ofGet.best.use !== 'validate') return ofGet;
    }
    return find(method);
  }

  async #fetchOrJoin(found: Found): Promise<ServiceAnswer> {
    const { store } = this.#plan;
    const { flightKey, best } = found;
    // What others began to fetch before does not tell a client with no-cache what holds now.
    for (let flight = this.#flightOf(flightKey); flight && this.#context.deadline.remainingMs() > 0; flight = this.#flightOf(flightKey)) {
      const outcome = await flight.join(this.#context, store.clock);
      // The one who fetched it has left, or has no time: the first of those who waited fetches it for the others.
      if (outcome === undefined) continue;
      if (outcome === 'failed' && best && standsIn(best.kept, store.clock.epochMs())) return this.#standIn(best.kept, 'coalesced');
      if (typeof outcome === 'string' || !this.#fits(outcome)) return this.#fetch(found, undefined);
      return this.#give(outcome, `${this.#reason(found)}; collapsed`, 'coalesced');
    }
    const lead = this.#context.deadline.remainingMs() > 0 && !store.flightOf(flightKey);
    return this.#fetch(found, lead ? store.openFlight(flightKey, this.#context.deadline) : undefined);
  }

  #flightOf(key: string): RouteFlight | undefined {
    return this.#wishes.noCache ? undefined : this.#plan.store.flightOf(key);
  }

  // The flight's key does not say all: an answer shows only when it is there for whom it is, and on what it depends.
  #fits(kept: KeptRouteAnswer): boolean {
    const { headers } = this.#request;
    const { store } = this.#plan;
    if (kept.owner !== everyone && kept.owner !== this.#owner) return false;
    return kept.selection === selectionOf(headers, kept.vary) && useOf(kept, headers, this.#wishes, store.policies, store.clock.epochMs()) === 'fresh';
  }

  async #fetch(found: Found, flight: RouteFlight | undefined): Promise<ServiceAnswer> {
    const { cancellation } = this.#context;
    this.#report('cache-miss');
    if (flight) cancellation.add(flight);
    const forget = () => {
      if (flight) cancellation.delete(flight);
    };
    const fetched = await this.#fetcher(found, flight, forget).fetch();
    if (fetched.kind === 'stand-in') return this.#standIn(fetched.kept);
    const reason = this.#reason(found);
    if (fetched.kind === 'confirmed') {
      const answer = this.#give(fetched.kept, `${reason}; fwd-status=304${fetched.stored ? '; stored' : ''}`);
      for (const cookie of fetched.cookies) answer.headers.append('set-cookie', cookie);
      return answer;
    }
    return this.#handOver(fetched, reason);
  }

  /** The service's own answer, or the 304 in its place when the client has it already. */
  #handOver(fetched: FetchedAnswer, reason: string): ServiceAnswer {
    const { answer } = fetched;
    addCacheStatus(answer.headers, fetched.keeps ? `${reason}; stored` : reason);
    if (!isHeld(answer, this.#condition)) return fetched.forClient();
    void fetched.forNobody(this.#context.deadline);
    return withheld(answer);
  }

  #refresh(found: Found): void {
    const { store } = this.#plan;
    if (this.#headOnly || store.flightOf(found.flightKey)) return;
    const deadline = new Deadline(store.clock, store.clock.now(), this.#context.deadline.totalMs);
    const flight = store.openFlight(found.flightKey, deadline);
    const refresh = async () => {
      const fetched = await this.#fetcher(found, flight, () => {}).fetch();
      if (fetched.kind === 'answer') await fetched.forNobody(deadline);
    };
    // Whoever was answered with the stale one is not told; the next one tries again.
    refresh().catch(() => {});
  }

  #fetcher(found: Found, flight: RouteFlight | undefined, onEnd: () => void): RouteFetch {
    return new RouteFetch({ plan: this.#plan, context: this.#context, request: this.#request, next: this.#next, key: this.#key, owner: this.#owner, found, flight, onEnd });
  }

  #standIn(kept: KeptRouteAnswer, event?: ServiceEvent): ServiceAnswer {
    this.#context.degrade(this.#plan.name, 'stale');
    return this.#give(kept, 'hit; detail=stale-if-error', event);
  }

  #give(kept: KeptRouteAnswer, status: string, event?: ServiceEvent): ServiceAnswer {
    if (event) this.#report(event);
    return giveKept(kept, { epochMs: this.#plan.store.clock.epochMs(), status, headOnly: this.#headOnly, condition: this.#condition });
  }

  async #passBy(status: string): Promise<ServiceAnswer> {
    if (this.#wishes.onlyIfCached) throw notKept();
    const answer = await this.#next();
    addCacheStatus(answer.headers, status);
    return answer;
  }

  #reason({ best, varied }: Found): string {
    if (!best) return varied ? 'fwd=vary-miss' : 'fwd=uri-miss';
    return ageOf(best.kept, this.#plan.store.clock.epochMs()) < best.kept.lifetimeMs ? 'fwd=request' : 'fwd=stale';
  }

  #report(event: ServiceEvent): void {
    this.#context.telemetry.serviceEvent(this.#request.service, event);
  }
}
