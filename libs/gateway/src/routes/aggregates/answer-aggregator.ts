import type { Awaitable, HeaderList, RequestContext, Resolve } from '@portico/core';
import type { PartAnswer } from './part-answer.js';

/** One part of an aggregate, as an aggregator gets it. */
export interface AggregatedPart {
  readonly name: string;
  /** The key that it would have in an object of all parts. */
  readonly key: string;
  /** Whether it has a value: its own, or its default. */
  readonly ok: boolean;
  /** Status of its first answer; 0 when it has none: a part that failed, was skipped or has its default, and a join. */
  readonly status: number;
  /** Header fields of that answer. */
  readonly headers: HeaderList;
  /** Body of that answer as text, whatever it is; empty when there is none. */
  readonly body: string;
  /** The JSON value; undefined where there is none. */
  readonly value: unknown;
  /** All its answers: several for a part that asks once for each value. */
  readonly answers: readonly PartAnswer[];
}

/** The answer that an aggregator makes. */
export interface AggregatedAnswer {
  /** Default: 200. */
  readonly status?: number;
  /** Default: `content-type: application/json; charset=utf-8`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/**
 * Makes the answer of an aggregate in code, where an object of its parts is not what is wanted. A class of the team, named for the configuration and
 * listed under `aggregators` of the gateway's definition:
 *
 * ```ts
 * @AggregatorType('cheapest-offer')
 * export class CheapestOffer implements AnswerAggregator {
 *   aggregate(parts: readonly AggregatedPart[]): AggregatedAnswer {
 *     const offers = parts.flatMap(({ value }) => (value === undefined ? [] : [value as Offer]));
 *     offers.sort((a, b) => a.cents - b.cents);
 *     return { body: JSON.stringify(offers[0] ?? null) };
 *   }
 * }
 * ```
 * ```yaml
 * aggregates:
 *   offer:
 *     match: { path: '/api/offers/{id}' }
 *     parts: { here: { route: own-offer }, there: { route: partner-offer } }
 *     aggregator: cheapest-offer
 * ```
 */
export interface AnswerAggregator {
  /**
   * Called once for each request whose required parts are there. `portico-degraded` and `cache-control: no-store` are added where a part failed.
   * @param parts in the order of the configuration
   * @throws PorticoError to refuse; anything else is INTERNAL
   */
  aggregate(parts: readonly AggregatedPart[], context: RequestContext): Awaitable<AggregatedAnswer>;
}

/** The class of an aggregator: made once for each aggregate that names it, at start and after each reload. `resolve` finds what it needs. */
export type AggregatorClass = new (resolve: Resolve) => AnswerAggregator;
