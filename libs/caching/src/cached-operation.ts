import type { Endpoint, OutgoingAnswer, PolicySteps, ReadyAnswer, RequestContext } from '@portico/core';
import type { AnswerCache } from './answer-cache.js';
import type { AnswerFlight } from './answer-flight.js';
import { answerKey } from './answer-key.js';
import type { CacheRule } from './cache-for.decorator.js';
import { entityTag } from './entity-tag.js';
import { forbidKeeping, freshness } from './freshness.js';
import { readStoredAnswer, writeStoredAnswer } from './stored-answer.js';
import { varyIsCovered } from './vary.js';

/** What a request and its answer have to know of each other. */
interface Visit {
  readonly key: string;
  /** The answer that came from the cache. */
  readonly served?: ReadyAnswer;
  /** The flight that this request leads. */
  readonly flight?: AnswerFlight;
}

/** The steps of `answerCache()` for one operation. */
export class CachedOperation implements PolicySteps {
  readonly #rule: CacheRule;
  readonly #cache: AnswerCache;
  readonly #keyOf: (context: RequestContext) => string;
  readonly #declareFresh: (answer: OutgoingAnswer) => void;
  readonly #visits = new WeakMap<RequestContext, Visit>();

  constructor(endpoint: Endpoint, rule: CacheRule, cache: AnswerCache) {
    this.#rule = rule;
    this.#cache = cache;
    this.#keyOf = answerKey(endpoint.name, rule);
    this.#declareFresh = freshness(rule);
  }

  inbound = async (context: RequestContext): Promise<void> => {
    const key = this.#keyOf(context);
    const kept = await this.#cache.read(key);
    if (kept !== undefined && this.#serve(context, key, kept)) return;
    const flight = this.#cache.flightOf(key);
    if (flight) {
      const shared = await flight.join(context, this.#cache.clock);
      if (shared !== undefined && this.#serve(context, key, shared)) return;
    }
    if (context.method === 'GET') this.#compute(context, key, flight === undefined);
  };

  outbound = (context: RequestContext, answer: OutgoingAnswer): void => {
    const visit = this.#visits.get(context);
    if (visit?.served !== undefined && visit.served === context.ready) return this.#declareFresh(answer);
    const { body } = answer;
    if (typeof body !== 'string' || !this.#mayKeep(context, answer)) {
      this.#end(context, visit, undefined);
      return forbidKeeping(context, answer);
    }
    this.#declareFresh(answer);
    if (!visit) return undefined;
    if (answer.header('etag') === undefined && body.length > 0) answer.setHeader('etag', entityTag(body));
    const text = writeStoredAnswer(answer, body, this.#rule.keepHeaders, this.#cache.clock.epochMs());
    this.#end(context, visit, text);
    void this.#cache.write(visit.key, text, this.#rule.maxAgeMs);
    return undefined;
  };

  onError = (context: RequestContext): void => {
    this.#end(context, this.#visits.get(context), undefined);
  };

  #serve(context: RequestContext, key: string, text: string): boolean {
    const served = readStoredAnswer(text, this.#cache.clock.epochMs());
    if (!served) return false;
    context.ready = served;
    this.#visits.set(context, { key, served });
    return true;
  }

  // Whoever waited in vain computes for himself alone: to line up again could cost the rest of his time.
  #compute(context: RequestContext, key: string, lead: boolean): void {
    if (!lead) return void this.#visits.set(context, { key });
    const flight = this.#cache.openFlight(key, context.deadline);
    this.#visits.set(context, { key, flight });
    context.cancellation.add(flight);
  }

  #mayKeep(context: RequestContext, answer: OutgoingAnswer): boolean {
    return (
      answer.status === 200 &&
      context.degraded === undefined &&
      context.ready === undefined &&
      answer.header('cache-control') === undefined &&
      answer.header('set-cookie') === undefined &&
      !context.answerHeaders?.some(([name]) => name.toLowerCase() === 'set-cookie') &&
      varyIsCovered(answer, this.#rule.vary)
    );
  }

  #end(context: RequestContext, visit: Visit | undefined, text: string | undefined): void {
    if (!visit?.flight) return;
    context.cancellation.delete(visit.flight);
    visit.flight.land(text);
  }
}
