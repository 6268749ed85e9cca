import type { AnswerFlight } from '../answer-flight.js';
import type { KeptRouteAnswer } from './kept-route-answer.js';

/** What followers learn of a call: the kept answer, that it is not one to share, or that it failed. */
export type CallOutcome = KeptRouteAnswer | 'unshareable' | 'failed';

/** A call that others wait for. */
export type RouteFlight = AnswerFlight<CallOutcome>;

/** A call under way whose answer may be kept. */
export interface RouteCall {
  readonly region: string;
  readonly uri: string;
  /** By the clock of this process, in ms. */
  readonly begunAt: number;
  /** Under which it may be waited for; undefined when it may not. */
  readonly flightKey: string | undefined;
  /** What it brings is not to be kept: its URI was invalidated, or its region purged, after it had begun. */
  outdated: boolean;
}
