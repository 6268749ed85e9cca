import { isPorticoError, PorticoError, type ErrorCode } from '@portico/core';
import { isRefusal, type Failure } from '@portico/resilience';

/** A service call that failed. The client learns its code only; what happened stands in the cause, for the log. */
export class ServiceError extends PorticoError {
  readonly service: string;
  readonly failure: Failure;

  constructor(code: ErrorCode, service: string, what: string, failure: Failure, cause?: unknown) {
    const retryAfterS = failure.retryAfterMs === undefined ? 1 : Math.max(1, Math.ceil(failure.retryAfterMs / 1000));
    super(code, {
      cause: new Error(`${service} ${what}`, cause === undefined ? undefined : { cause }),
      headers: code === 'SERVICE_UNAVAILABLE' ? { 'retry-after': String(retryAfterS) } : undefined,
    });
    this.service = service;
    this.failure = failure;
  }
}

const lasting: Failure = { retryable: false, countsAgainstService: false, sent: true, retryAfterMs: undefined };
const passing: Failure = { retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined };
const neverSent: Failure = { ...passing, sent: false };

/** An answer that came but cannot be read: another attempt would bring the same. */
export function invalidAnswer(service: string, what: string, cause?: unknown): ServiceError {
  return new ServiceError('SERVICE_ANSWER_INVALID', service, what, lasting, cause);
}

/** An answer that broke off: another attempt may bring it whole. */
export function brokenAnswer(service: string, what: string, cause?: unknown): ServiceError {
  return new ServiceError('SERVICE_ANSWER_INVALID', service, what, passing, cause);
}

/** Codes under which nothing has reached the service. */
const connectCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);

/** The connection failed before an answer began. */
export function connectionFailed(service: string, cause: Error & { code?: string }): ServiceError {
  const failure = cause.code !== undefined && connectCodes.has(cause.code) ? neverSent : passing;
  return new ServiceError('SERVICE_UNAVAILABLE', service, 'could not be reached', failure, cause);
}

/** The service refused by status: passing for 429 and 5xx, lasting otherwise. */
export function statusRefused(service: string, status: number, retryAfterMs: number | undefined): ServiceError {
  const what = `answered ${status}`;
  if (status === 503 || status === 429) return new ServiceError('SERVICE_UNAVAILABLE', service, what, { ...passing, countsAgainstService: status === 503, retryAfterMs });
  if (status === 504) return new ServiceError('SERVICE_TIMEOUT', service, what, passing);
  return new ServiceError('SERVICE_ANSWER_INVALID', service, what, status >= 500 ? passing : lasting);
}

/** The service refused in a way that the endpoint has a word for. */
export function refusedAs(code: ErrorCode, service: string, status: number): ServiceError {
  return new ServiceError(code, service, `answered ${status}`, lasting);
}

/** What a failure means to retry, breaker and passive health. */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof ServiceError) return error.failure;
  if (isPorticoError(error) && error.code === 'SERVICE_TIMEOUT' && !isRefusal(error)) return passing;
  // A call that never found an instance says nothing about the service.
  return isPorticoError(error) && error.code === 'SERVICE_UNAVAILABLE' ? { ...lasting, sent: false } : lasting;
}
