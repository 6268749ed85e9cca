import type { IncomingMessage } from 'node:http';
import { queryOf } from '../transport/request-query.js';

const bearer = /^bearer +([\w.-]+)$/i;

/**
 * The ticket that a transport's request brings: in the `Authorization` field, or as `access_token` in the query where a browser cannot set one, as for a WebSocket or an event stream.
 * Undefined when there is none, or both.
 */
export function ticketOf(request: Pick<IncomingMessage, 'headers' | 'url'>): string | undefined {
  const field = request.headers.authorization;
  const given = queryOf(request).getAll('access_token');
  const all = [...given, ...(field === undefined ? [] : [bearer.exec(field)?.[1] ?? ''])];
  return all.length === 1 ? all[0] : undefined;
}
