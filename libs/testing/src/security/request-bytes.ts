/** A request as it is written to the wire, nothing normalised. */
export interface PlainRequest {
  readonly method: string;
  readonly path: string;
  /** Fields in their order; Host and what frames the body are added. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: string | undefined;
  /** Sends the body in chunks, without its length. */
  readonly chunked?: boolean;
}

/** The bytes of a request after which the connection closes. */
export function requestBytes({ method, path, headers, body, chunked = false }: PlainRequest, host: string): string {
  const lines = [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...headers.map(([name, value]) => `${name}: ${value}`), 'Connection: close'];
  if (body === undefined) return `${lines.join('\r\n')}\r\n\r\n`;
  if (!chunked) return `${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${Buffer.from(body, 'utf8').toString('latin1')}`;
  return `${lines.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n0\r\n\r\n`;
}
