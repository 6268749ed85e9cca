import type { ForwardRequest, RequestContext } from '@portico/core';
import type { TargetFacts } from '../sent-target.js';

/** What the parts of one request are made from. */
export interface AggregateInput {
  readonly context: RequestContext;
  /** The request as the inbound policies have left it. */
  readonly request: ForwardRequest;
  readonly facts: TargetFacts;
  /** The whole body of the request; undefined when it has none, or no part wants it. */
  readonly body: Buffer | undefined;
}
