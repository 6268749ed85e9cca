import type { Readable } from 'node:stream';
import { PorticoError, type Cancellable } from '@portico/core';
import type { PartWait } from './part-answer.js';

/**
 * Reads a body to its end. It is destroyed when it takes too long, is too large, or is not wanted any more.
 * @throws PorticoError SERVICE_TIMEOUT, the reason of the cancellation, what `tooLarge` makes, or what the body ends with
 */
export async function collectBody(body: Readable, maxBytes: number, { clock, dueAt, cancellation }: PartWait, tooLarge: () => PorticoError): Promise<Buffer> {
  const given: Cancellable = { cancel: (reason) => void body.destroy(reason) };
  const timer = clock.schedule(() => body.destroy(new PorticoError('SERVICE_TIMEOUT')), Math.max(0, dueAt - clock.now()));
  cancellation.add(given);
  try {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Leaving the loop destroys the body.
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  } finally {
    timer.cancel();
    cancellation.delete(given);
  }
}
