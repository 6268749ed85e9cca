import { PorticoError } from '@portico/core';

/** Which rule refused: too many calls, an open circuit, or no time left. */
export type RefusedBy = 'bulkhead' | 'circuitBreaker' | 'deadline';

const marker = Symbol.for('portico.refusal');

/**
 * A call that this process refused without asking the service: `SERVICE_TIMEOUT` when the deadline has passed, else `SERVICE_UNAVAILABLE`
 * with `retry-after`. Says nothing about the service, so it is neither retried nor counted against it.
 */
export class Refusal extends PorticoError {
  readonly by: RefusedBy;
  readonly [marker] = true;

  /** @param retryAfterMs rounded up to whole seconds, at least 1; has no meaning for `deadline`. */
  constructor(by: RefusedBy, retryAfterMs = 0) {
    if (by === 'deadline') super('SERVICE_TIMEOUT');
    else super('SERVICE_UNAVAILABLE', { headers: { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) } });
    this.by = by;
  }
}

/** Whether `error` is a refusal; true across duplicate copies of this package. */
export function isRefusal(error: unknown): error is Refusal {
  return typeof error === 'object' && error !== null && marker in error;
}
