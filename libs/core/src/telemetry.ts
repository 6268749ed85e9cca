import type { CallSpan } from './call-span.js';
import type { ErrorCode } from './error-table.js';
import type { RequestContext } from './request-context.js';

/** How a request ended. */
export interface RequestOutcome {
  readonly status: number;
  readonly durationMs: number;
  /** Bytes of the answer's body; 0 when unknown. */
  readonly bodyBytes: number;
  /** The client left before the answer was complete. */
  readonly aborted: boolean;
  readonly code: ErrorCode | undefined;
  /** What was thrown, for the log. */
  readonly error: unknown;
}

/** How a part of an aggregate ended. */
export interface PartOutcome {
  readonly aggregate: string;
  readonly part: string;
  readonly result: 'ok' | 'stale' | 'default' | 'failed' | 'skipped';
  readonly startedAt: number;
  readonly durationMs: number;
  readonly error: unknown;
  /** Its place in the trace, where it has one. */
  readonly span?: CallSpan | undefined;
}

/** How one attempt at a service call ended. */
export interface AttemptOutcome {
  readonly service: string;
  readonly instance: string;
  readonly method?: string | undefined;
  /** Path of the endpoint before its parameters were filled in; undefined where there is none, as for a request that is passed on. */
  readonly template?: string | undefined;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Status of the service; 0 when none came. */
  readonly status: number;
  readonly durationMs: number;
  readonly error: unknown;
  /** Its place in the trace, where it has one. */
  readonly span?: CallSpan | undefined;
}

/** Something worth counting that happened inside a service's stack. */
export type ServiceEvent =
  | 'breaker-opened'
  | 'breaker-half-opened'
  | 'breaker-closed'
  | 'breaker-refused'
  | 'bulkhead-refused'
  | 'retried'
  | 'retry-budget-empty'
  | 'hedged'
  | 'coalesced'
  | 'cache-hit'
  | 'cache-miss'
  | 'instance-ejected'
  | 'instance-unhealthy'
  | 'instance-healthy';

/** Where the libs report what happens. They call it; only `observability` knows a telemetry package. */
export interface Telemetry {
  requestStarted(context: RequestContext): void;
  requestFinished(context: RequestContext, outcome: RequestOutcome): void;
  /** The place in the trace of a part or an attempt that begins, to be given back with its outcome; undefined when the request is not sampled. */
  openSpan(context: RequestContext | undefined, parent: CallSpan | undefined): CallSpan | undefined;
  partFinished(context: RequestContext, outcome: PartOutcome): void;
  attemptFinished(context: RequestContext | undefined, outcome: AttemptOutcome): void;
  serviceEvent(service: string, event: ServiceEvent): void;
}

/** Reports to nobody. */
export const silentTelemetry: Telemetry = {
  requestStarted: () => {},
  requestFinished: () => {},
  openSpan: () => undefined,
  partFinished: () => {},
  attemptFinished: () => {},
  serviceEvent: () => {},
};
