import type { BackendClient } from '@portico/backend-client';
import type { CallSpan, Cancellation, PartOutcome, RequestContext } from '@portico/core';
import type { RunScope } from './plan.js';

/** What one part of a run works with. */
export interface PartRun {
  readonly client: BackendClient;
  readonly context: RequestContext;
  /** Gives up every call of the run. */
  readonly cancellation: Cancellation;
  /** Where the part leaves its value, and finds those of others. */
  readonly scope: RunScope;
}

/** Until when a part is due, and what its calls hang under in the trace. */
export interface PartStart {
  readonly dueAt: number;
  readonly span: CallSpan | undefined;
}

/** How a part ended, for the report. */
export interface PartEnd {
  readonly result: PartOutcome['result'];
  /** Why it is not simply `ok`, for the log. */
  readonly error: unknown;
}

export const endedWell: PartEnd = Object.freeze({ result: 'ok', error: undefined });
export const skipped: PartEnd = Object.freeze({ result: 'skipped', error: undefined });
