import { Transform, type Readable, type TransformCallback } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { PorticoError, type ForwardRequest } from '@portico/core';

/** A body of at most so many bytes is collected before it is sent: it can then be sent again. */
const collectedBytes = 65_536;

/** Lets a body through up to a number of bytes. */
class BodyLimit extends Transform {
  readonly #maxBytes: number;
  #size = 0;

  constructor(maxBytes: number) {
    // Of a stream of bytes that has come already undici would count the length; one that the client did not tell is not told to the service either.
    super({ readableObjectMode: true, readableHighWaterMark: 1 });
    this.#maxBytes = maxBytes;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) done(new PorticoError('BODY_TOO_LARGE'));
    else done(null, chunk);
  }
}

/**
 * The body of a request as it is sent: bytes where it is short, otherwise the stream, which ends with BODY_TOO_LARGE beyond `maxBytes`.
 * Its length is settled here too: that of bytes is counted when they are sent.
 */
export function bodyToSend({ body, headers }: ForwardRequest, maxBytes: number): Buffer | Readable | undefined | Promise<Buffer> {
  if (body === undefined) return undefined;
  const length = headers.get('content-length');
  if (Buffer.isBuffer(body)) {
    headers.delete('content-length');
    return body;
  }
  if (Number(length) > maxBytes) throw new PorticoError('BODY_TOO_LARGE');
  if (length !== undefined && Number(length) <= collectedBytes) {
    headers.delete('content-length');
    return buffer(body);
  }
  if (length !== undefined) return body;
  return body.pipe(new BodyLimit(maxBytes));
}
