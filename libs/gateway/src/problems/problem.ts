import { errorTable, type PorticoError, type RequestContext } from '@portico/core';

/** Media type of problem answers (RFC 9457). */
export const problemType = 'application/problem+json; charset=utf-8';

/** The problem answer of an error (RFC 9457): its code, what to do, and nothing internal. */
export function problemOf(error: PorticoError, context: Pick<RequestContext, 'id'> | undefined): string {
  const row = errorTable[error.code];
  return JSON.stringify({
    type: `https://portico.example/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: row.title,
    status: error.status,
    code: error.code,
    detail: error.detail,
    action: row.action,
    faults: error.faults,
    correlationId: context?.id,
  });
}
