import { Readable } from 'node:stream';
import type { Clock, ForwardRequest } from '@portico/core';
import { BodyCollector } from './body-collector.js';
import { digestOf } from './selection.js';

/**
 * Digest of the body of `request`, which is put back; '' when there is none, undefined when it has more than `maxBytes`.
 * Rejects when the client breaks off.
 */
export async function readBodyDigest(request: ForwardRequest, maxBytes: number): Promise<string | undefined> {
  const { body } = request;
  if (body === undefined) return '';
  if (Buffer.isBuffer(body)) return body.length > maxBytes ? undefined : digestOf(body);
  const read: Buffer[] = [];
  let length = 0;
  const rest = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  for (;;) {
    const { done, value } = await rest.next();
    if (done) break;
    read.push(value);
    length += value.length;
    if (length <= maxBytes) continue;
    const whole = Readable.from(continued(read, rest), { objectMode: false });
    whole.once('close', () => body.destroy());
    request.body = whole;
    return undefined;
  }
  const whole = Buffer.concat(read);
  request.body = whole;
  return digestOf(whole);
}

async function* continued(read: readonly Buffer[], rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield* read;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

/** Reads a body to its end for nobody but the cache; undefined when it is broken, has more than `maxBytes` or is not there after `withinMs`. */
export function readWhole(body: Buffer | Readable, maxBytes: number, withinMs: number, clock: Clock): Promise<Buffer | undefined> {
  if (Buffer.isBuffer(body)) return Promise.resolve(body.length > maxBytes ? undefined : body);
  const timer = clock.schedule(() => body.destroy(), withinMs);
  const collect = async () => {
    const collector = new BodyCollector(maxBytes);
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        collector.add(chunk);
        if (collector.overflowed) return undefined;
      }
      return collector.take();
    } catch {
      return undefined;
    } finally {
      timer.cancel();
    }
  };
  return collect();
}
