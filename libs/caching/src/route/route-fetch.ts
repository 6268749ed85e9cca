import type { ForwardRequest, RequestContext, ServiceAnswer } from '@portico/core';
import { FetchedAnswer, dropBody } from './fetched-answer.js';
import type { Verdict } from './keeping-rule.js';
import { everyone, type KeptHead, type KeptRouteAnswer } from './kept-route-answer.js';
import { standsIn } from './kept-use.js';
import { bucketOf, placeOf, type Found } from './look-up.js';
import { isTooLarge, makeKeptHead } from './make-kept.js';
import { confirmed, confirms, validatorsOf } from './revalidation.js';
import type { CallOutcome, RouteCall, RouteFlight } from './route-call.js';
import { uriOf } from './route-key.js';
import type { RoutePlan } from './route-plan.js';
import { selectionOf } from './selection.js';
import { sendWith } from './send.js';
import { isServiceFailure } from './service-failure.js';
import type { BodyEnd } from './tee-body.js';

/** A request that goes to the service. */
export interface Fetching {
  readonly plan: RoutePlan;
  readonly context: RequestContext;
  readonly request: ForwardRequest;
  readonly next: () => Promise<ServiceAnswer>;
  readonly key: string;
  readonly owner: string;
  readonly found: Found;
  /** What others wait for; undefined when nobody does. */
  readonly flight: RouteFlight | undefined;
  /** Called once nobody waits any more. */
  readonly onEnd: () => void;
}

/** What came of it: a kept answer in place of a failure, one that the service has confirmed, or its own answer. */
export type Fetched =
  | { readonly kind: 'stand-in'; readonly kept: KeptRouteAnswer }
  | { readonly kind: 'confirmed'; readonly kept: KeptRouteAnswer; readonly stored: boolean; readonly cookies: readonly string[] }
  | FetchedAnswer;

/** Where an answer is to lie. */
interface Place {
  readonly bucket: string;
  readonly place: string;
  readonly head: KeptHead;
  readonly keepMs: number;
}

/** Calls the service, keeps what it answers, and tells those who wait. */
export class RouteFetch {
  readonly #given: Fetching;
  readonly #call: RouteCall;
  readonly #method: string;
  #sentAt = 0;

  constructor(given: Fetching) {
    const { plan, request, flight, found } = given;
    this.#given = given;
    this.#method = request.method;
    this.#call = plan.store.begin(plan.region, uriOf(request.service, request.path, request.query), flight && found.flightKey);
  }

  async fetch(): Promise<Fetched> {
    const { found, context, plan } = this.#given;
    const kept = found.best?.kept;
    try {
      return await this.#exchange(kept);
    } catch (error) {
      const failed = isServiceFailure(error);
      this.#end(failed || !context.cancellation.cancelled ? 'failed' : undefined);
      if (failed && kept && standsIn(kept, plan.store.clock.epochMs())) return { kind: 'stand-in', kept };
      throw error;
    }
  }

  async #exchange(kept: KeptRouteAnswer | undefined): Promise<Fetched> {
    const { request, plan } = this.#given;
    const { store } = plan;
    const validators = kept && validatorsOf(kept, request, store.policies);
    let answer = await this.#send(validators);
    if (kept && validators && answer.status === 304) {
      dropBody(answer.body);
      if (confirms(kept, request, answer, store.policies)) return this.#confirm(kept, answer);
      answer = await this.#send(undefined);
    }
    if (answer.status >= 500 && kept && standsIn(kept, store.clock.epochMs())) {
      dropBody(answer.body);
      this.#end('failed');
      return { kind: 'stand-in', kept };
    }
    return this.#receive(answer);
  }

  #send(validators: ReturnType<typeof validatorsOf>): Promise<ServiceAnswer> {
    const { request, next, plan } = this.#given;
    this.#sentAt = plan.store.clock.now();
    return this.#method === 'GET' || this.#method === 'HEAD' ? sendWith(validators, request, next) : next();
  }

  async #confirm(kept: KeptRouteAnswer, news: ServiceAnswer): Promise<Fetched> {
    const { plan } = this.#given;
    const answer = confirmed(kept, news);
    const verdict = this.#judge(answer);
    const place = verdict && (await this.#placeFor(verdict, answer));
    if (!place) this.#forget(undefined);
    const now: KeptRouteAnswer = place
      ? { ...place.head, body: kept.body }
      : { ...kept, headers: [...answer.headers].filter(([name]) => name !== 'set-cookie' && name !== 'age'), receivedAtMs: plan.store.clock.epochMs(), initialAgeMs: 0, lifetimeMs: 0 };
    if (place) this.#keep(place, kept.body);
    else this.#end('unshareable');
    return { kind: 'confirmed', kept: now, stored: place !== undefined, cookies: news.headers.all('set-cookie') };
  }

  async #receive(answer: ServiceAnswer): Promise<FetchedAnswer> {
    const { plan, flight, found } = this.#given;
    const { clock, maxEntryBytes } = plan.store;
    const verdict = this.#judge(answer);
    if (!verdict || (this.#method !== 'HEAD' && isTooLarge(answer.headers, maxEntryBytes))) {
      // A failing service says nothing about what it answers when it is well.
      if (answer.status < 500) {
        this.#forget(undefined);
        plan.store.noteUnshareable(found.flightKey);
      }
      this.#end('unshareable');
      return new FetchedAnswer(answer, undefined, clock);
    }
    const place = await this.#placeFor(verdict, answer);
    // Taken now: whoever has the answer may change its fields before the body has come.
    const announced = this.#method === 'HEAD' ? undefined : answer.headers.get('content-length');
    const ended = (end: BodyEnd) => this.#bodyEnded(place, announced, end);
    const onHurry = (hurry: () => void) => {
      if (!flight) return;
      flight.onJoined = hurry;
      if (flight.awaited) hurry();
    };
    return new FetchedAnswer(answer, { maxBytes: maxEntryBytes, ended, onHurry }, clock);
  }

  #bodyEnded(place: Place, announced: string | undefined, end: BodyEnd): void {
    if (Buffer.isBuffer(end) && (announced === undefined || announced === String(end.length))) this.#keep(place, end);
    else this.#end(end === 'left' ? undefined : 'unshareable');
    if (end === 'large') this.#given.plan.store.noteUnshareable(this.#given.found.flightKey);
  }

  #judge(answer: ServiceAnswer): Verdict | undefined {
    const { plan, request } = this.#given;
    return plan.rule.judge(request, answer, Math.max(0, plan.store.clock.now() - this.#sentAt));
  }

  // Fields by which earlier answers varied stay in the key: that only makes it finer.
  async #placeFor(verdict: Verdict, answer: ServiceAnswer): Promise<Place> {
    const { plan, request, key } = this.#given;
    const { store, region } = plan;
    const receivedAtMs = store.clock.epochMs();
    const owner = verdict.shared ? everyone : this.#given.owner;
    const bucket = bucketOf(key, this.#method, owner);
    const before = await store.read(bucket);
    const vary = before?.kind === 'vary' ? [...new Set([...before.vary, ...verdict.vary])].sort() : verdict.vary;
    const selection = selectionOf(request.headers, vary);
    const head = makeKeptHead(verdict, { region, uri: this.#call.uri, owner, vary, selection }, answer, this.#method, receivedAtMs);
    return { bucket, place: placeOf(bucket, selection), head, keepMs: verdict.keepMs };
  }

  #keep({ bucket, place, head, keepMs }: Place, body: Buffer): void {
    const { plan, found } = this.#given;
    const { store } = plan;
    store.noteShareable(found.flightKey);
    const kept: KeptRouteAnswer = Object.freeze({ ...head, body });
    if (!this.#call.outdated) {
      this.#forget(place);
      const { region, uri, vary } = head;
      if (vary.length > 0) store.write(bucket, { kind: 'vary', region, uri, vary }, keepMs, this.#call);
      store.write(place, kept, keepMs, this.#call);
    }
    this.#end(kept);
  }

  /** Drops what was kept before, unless a newer one takes its place: it no longer stands in for anything. */
  #forget(place: string | undefined): void {
    const { best } = this.#given.found;
    if (best && best.place !== place) this.#given.plan.store.delete(best.place);
  }

  #end(outcome: CallOutcome | undefined): void {
    const { plan, flight, onEnd } = this.#given;
    plan.store.end(this.#call);
    onEnd();
    flight?.land(outcome);
  }
}
