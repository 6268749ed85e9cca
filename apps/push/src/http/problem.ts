import { errorTable, isPorticoError, PorticoError } from '@portico/core';

/** Media type of problem answers (RFC 9457). */
export const problemType = 'application/problem+json; charset=utf-8';

/** The problem answer of an error (RFC 9457): its code, what to do, and nothing internal. */
export function problemOf({ code, status, detail, faults }: PorticoError): string {
  const { title, action } = errorTable[code];
  return JSON.stringify({ type: `https://portico.example/problems/${code.toLowerCase().replaceAll('_', '-')}`, title, status, code, detail, action, faults });
}

/** Whatever was thrown while a request was served, as an error of the table. */
export function errorOf(thrown: unknown): PorticoError {
  if (isPorticoError(thrown)) return thrown;
  const { code = '', statusCode = 500 } = thrown as { code?: string; statusCode?: number };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new PorticoError('BODY_TOO_LARGE');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new PorticoError('CONTENT_TYPE_UNSUPPORTED', { detail: 'A body is application/json, application/x-msgpack or application/octet-stream.' });
  return new PorticoError(statusCode >= 400 && statusCode < 500 ? 'REQUEST_MALFORMED' : 'INTERNAL', { cause: thrown });
}
