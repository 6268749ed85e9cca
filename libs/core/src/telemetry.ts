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
}

/** How one attempt at a service call ended. */
export interface AttemptOutcome {
  readonly service: string;
  readonly instance: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** Status of the service; 0 when none came. */
  readonly status: number;
  readonly durationMs: number;
  readonly error: unknown;
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
  partFinished(context: RequestContext, outcome: PartOutcome): void;
  attemptFinished(context: RequestContext | undefined, outcome: AttemptOutcome): void;
  serviceEvent(service: string, event: ServiceEvent): void;
}

/** Reports to nobody. */
export const silentTelemetry: Telemetry = {
  requestStarted: () => {},
  requestFinished: () => {},
  partFinished: () => {},
  attemptFinished: () => {},
  serviceEvent: () => {},
};
