import { isPorticoError, PorticoError } from '@portico/core';

/** Whether it was the service that failed, and not this gateway or the client. */
export function isServiceFailure(error: unknown): boolean {
  return isPorticoError(error) && error.code.startsWith('SERVICE_');
}

/** The refusal of a request with `only-if-cached` for which nothing is kept (RFC 9111 5.2.1.7). */
export function notKept(): PorticoError {
  return new PorticoError('ANSWER_NOT_KEPT', { detail: 'No kept answer fits, and the request says only-if-cached.' });
}
