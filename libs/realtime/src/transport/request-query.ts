import type { IncomingMessage } from 'node:http';

/** The query of a request. Not to be logged: it may hold a token. */
export function queryOf({ url = '' }: Pick<IncomingMessage, 'url'>): URLSearchParams {
  const start = url.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1));
}

/** The connection that a transport's request names; undefined when it names none. A handshake for a WebSocket without one asks for a new connection. */
export function connectionIdOf(request: Pick<IncomingMessage, 'url'>): string | undefined {
  return queryValue(queryOf(request), 'id') || undefined;
}

/** What a query says under a name, in whatever case that is written; several values are joined with commas. Undefined when it is not there. */
export function queryValue(query: URLSearchParams, name: string): string | undefined {
  const values = [...query].filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values.length > 0 ? values.join() : undefined;
}
