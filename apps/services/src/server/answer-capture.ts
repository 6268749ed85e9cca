import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

type GivenHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined;

/**
 * Holds an answer back until it is complete. Status and headers stay on the response, where `deliver` can still change
 * them; `deliver` gets the whole body and must end the response. Server-sent events are never complete, and are let through.
 */
export function captureAnswer(response: ServerResponse, deliver: (body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const { writeHead, write, end, flushHeaders } = response;
  const letThrough = (): ServerResponse => Object.assign(response, { writeHead, write, end, flushHeaders });

  response.flushHeaders = () => {};
  response.writeHead = ((status: number, reason?: string | GivenHeaders, headers?: GivenHeaders) => {
    response.statusCode = status;
    applyHeaders(response, typeof reason === 'string' ? headers : reason);
    return response.getHeader('content-type') === 'text/event-stream' ? letThrough().writeHead(status) : response;
  }) as typeof response.writeHead;
  response.write = ((chunk: unknown, ...rest: unknown[]) => {
    keep(chunk, rest[0]);
    callBack(rest);
    return true;
  }) as typeof response.write;
  response.end = ((...given: unknown[]) => {
    keep(given[0], given[1]);
    letThrough();
    deliver(Buffer.concat(chunks));
    callBack(given);
    return response;
  }) as typeof response.end;
}

function applyHeaders(response: ServerResponse, headers: GivenHeaders): void {
  if (Array.isArray(headers)) {
    for (let index = 0; index + 1 < headers.length; index += 2) response.setHeader(String(headers[index]), headers[index + 1] ?? '');
  } else {
    for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value);
  }
}

function callBack(given: readonly unknown[]): void {
  const last = given.at(-1);
  if (typeof last === 'function') queueMicrotask(last as () => void);
}
