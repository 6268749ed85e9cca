import { formatTraceparent, type CallSpan, type TraceContext } from '@portico/core';

/** The id of a span that is recorded when it has ended. */
export class OpenSpan implements CallSpan {
  readonly spanId: string;
  readonly parent: CallSpan | undefined;
  readonly #trace: TraceContext;

  constructor(trace: TraceContext, spanId: string, parent: CallSpan | undefined) {
    this.#trace = trace;
    this.spanId = spanId;
    this.parent = parent;
  }

  get traceparent(): string {
    return formatTraceparent({ traceId: this.#trace.traceId, spanId: this.spanId, sampled: true });
  }
}
