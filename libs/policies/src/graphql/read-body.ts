import { isPorticoError, PorticoError, type ForwardRequest } from '@portico/core';

/**
 * All bytes of a body. The stream is used up then: whoever reads it puts the bytes in its place.
 * @throws PorticoError BODY_TOO_LARGE, CLIENT_CLOSED when it breaks off
 */
export async function readBody(body: ForwardRequest['body'], maxBytes: number): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (Buffer.isBuffer(body)) {
    if (body.length > maxBytes) throw new PorticoError('BODY_TOO_LARGE');
    return body;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // Destroying a request would end the connection before the refusal is written.
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer | string>) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      length += bytes.length;
      if (length > maxBytes) throw new PorticoError('BODY_TOO_LARGE');
      chunks.push(bytes);
    }
  } catch (error) {
    throw isPorticoError(error) ? error : new PorticoError('CLIENT_CLOSED', { cause: error });
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}
