import type { IncomingMessage } from 'node:http';

const bearer = /^bearer +([\w.-]+)$/i;

/**
 * The ticket that a transport's request brings: in the `Authorization` field, or as `access_token` in the query where a browser cannot set one, as for a WebSocket or an event stream.
 * Undefined when there is none, or both.
 */
export function ticketOf({ headers, url = '' }: Pick<IncomingMessage, 'headers' | 'url'>): string | undefined {
  const field = headers.authorization;
  const given = new URLSearchParams(url.slice(url.indexOf('?') + 1 || url.length)).getAll('access_token');
  const all = [...given, ...(field === undefined ? [] : [bearer.exec(field)?.[1] ?? ''])];
  return all.length === 1 ? all[0] : undefined;
}
