import type { IdGenerator } from '@opentelemetry/sdk-trace-base';
import type { TraceContext } from '@portico/core';
import { processIds, type RandomIds } from '../random-ids.js';

/** Gives the next span the ids of a trace context, and every other one new ids. */
export class AssignedIds implements IdGenerator {
  #next: Pick<TraceContext, 'traceId' | 'spanId'> | undefined;
  readonly #ids: RandomIds;

  constructor(ids: RandomIds = processIds) {
    this.#ids = ids;
  }

  /** Runs `start`, which starts the span with the ids of `trace` and nothing else. */
  assign<T>(trace: Pick<TraceContext, 'traceId' | 'spanId'>, start: () => T): T {
    this.#next = trace;
    try {
      return start();
    } finally {
      this.#next = undefined;
    }
  }

  generateTraceId(): string {
    return this.#next?.traceId ?? this.#ids.traceId();
  }

  generateSpanId(): string {
    return this.#next?.spanId ?? this.#ids.spanId();
  }
}
