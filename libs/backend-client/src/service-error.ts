import { isPorticoError, PorticoError, type ErrorCode } from '@portico/core';
import { isRefusal, type Failure } from '@portico/resilience';
import type { ForwardedAnswer } from './forward-attempt.js';
import type { RawAnswer } from './http-attempt.js';
import { troubledStatuses } from './troubled-statuses.js';

/** Longest wait that a service's `Retry-After` can make a client keep to. */
const longestRetryAfterS = 3_600;

/** A service call that failed. The client learns its code only; what happened stands in the cause, for the log. */
export class ServiceError extends PorticoError {
  readonly service: string;
  readonly failure: Failure;

  constructor(code: ErrorCode, service: string, what: string, failure: Failure, cause?: unknown) {
    const retryAfterS = failure.retryAfterMs === undefined ? 1 : Math.min(longestRetryAfterS, Math.max(1, Math.ceil(failure.retryAfterMs / 1000)));
    super(code, {
      cause: new Error(`${service} ${what}`, cause === undefined ? undefined : { cause }),
      headers: code === 'SERVICE_UNAVAILABLE' ? { 'retry-after': String(retryAfterS) } : undefined,
    });
    this.service = service;
    this.failure = failure;
  }
}

/** A refusal by status whose answer somebody may want to see, as axios does. */
export class RefusedAnswer extends ServiceError {
  // Not enumerable, so that no log prints the body.
  readonly #answer: RawAnswer;

  constructor(error: ServiceError, answer: RawAnswer) {
    super(error.code, error.service, `answered ${answer.status}`, error.failure);
    this.#answer = answer;
  }

  get answer(): RawAnswer {
    return this.#answer;
  }
}

/** No answer came: no connection could be made, or it ended before an answer began. */
class NoAnswer extends ServiceError {}

/** The same for an answer that is passed on while it comes: any 5xx counts against the service, and only a status that says of itself that it may pass is tried again. */
export class RefusedForward extends ServiceError {
  readonly #answer: ForwardedAnswer;

  constructor(error: ServiceError, answer: ForwardedAnswer) {
    super(error.code, error.service, `answered ${answer.status}`, { ...error.failure, retryable: troubledStatuses.has(answer.status) });
    this.#answer = answer;
  }

  get answer(): ForwardedAnswer {
    return this.#answer;
  }
}

const lasting: Failure = { retryable: false, countsAgainstService: false, sent: true, retryAfterMs: undefined };
const passing: Failure = { retryable: true, countsAgainstService: true, sent: true, retryAfterMs: undefined };
const neverSent: Failure = { ...passing, sent: false };
/** The fault is on this side, or nobody's: it says nothing about the service. */
const notTheService: Failure = { ...lasting, sent: false };

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

/** Codes under which the request itself cannot be written: a header field with a line break, for instance. */
const unsendableCodes = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED', 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH']);

/** Codes, beside the parser's own, under which what came was no answer in HTTP. */
const unreadableCodes = new Set(['UND_ERR_HEADERS_OVERFLOW', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH']);

/** The exchange failed before an answer began. */
export function connectionFailed(service: string, cause: Error & { code?: string }): PorticoError {
  const { code = '' } = cause;
  if (unsendableCodes.has(code)) return new PorticoError('INTERNAL', { cause: new Error(`The call to ${service} cannot be sent`, { cause }) });
  if (cause.name === 'HTTPParserError' || unreadableCodes.has(code)) return brokenAnswer(service, 'did not answer in HTTP that can be read', cause);
  const failure = connectCodes.has(code) ? neverSent : passing;
  return new NoAnswer('SERVICE_UNAVAILABLE', service, 'could not be reached', failure, cause);
}

/** Whether an error says that a service could not be reached, or went away before it answered. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof NoAnswer;
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
  return notTheService;
}
