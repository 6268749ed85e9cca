import type { CallSpan, RequestContext } from '@portico/core';

/** Header that tells a service how many milliseconds are left for it to answer. */
export const timeoutHeader = 'portico-timeout-ms';

/** What the request's context says is not said twice. */
const carried = new Set([timeoutHeader, 'x-correlation-id', 'traceparent', 'tracestate']);

/**
 * Header fields of a service call as undici takes them, names and values in turn. They are built anew:
 * nothing that the front end sent is copied, so it can claim nothing.
 */
export function callHeaders(
  context: RequestContext | undefined,
  remainingMs: number,
  body: string | Buffer | undefined,
  own: Readonly<Record<string, string>> | undefined,
  authorization?: string,
  span?: CallSpan,
): string[] {
  const headers = [timeoutHeader, String(Math.max(1, Math.floor(remainingMs)))];
  if (own?.accept === undefined) headers.push('accept', 'application/json');
  if (body !== undefined && own?.['content-type'] === undefined) headers.push('content-type', 'application/json');
  if (context) {
    headers.push('x-correlation-id', context.id, 'traceparent', span?.traceparent ?? context.traceparent);
    if (context.trace.state !== '') headers.push('tracestate', context.trace.state);
  }
  if (authorization !== undefined) headers.push('authorization', authorization);
  for (const name in own) if (!context || !carried.has(name)) headers.push(name, own[name] as string);
  return headers;
}
