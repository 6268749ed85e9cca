import type { IdGenerator } from '@opentelemetry/sdk-trace-base';
import type { TraceContext } from '@portico/core';
import { processIds, type RandomIds } from '../random-ids.js';

/** Gives the next span the ids of a trace context, and every other one new ids. */
export class AssignedIds implements IdGenerator {
  #next: TraceContext | undefined;
  readonly #ids: RandomIds;

  constructor(ids: RandomIds = processIds) {
    this.#ids = ids;
  }

  /** Runs `start`, which starts the gateway's span of `trace` and nothing else. */
  assign<T>(trace: TraceContext, start: () => T): T {
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
