import type { IncomingMessage } from 'node:http';

/** Reads a whole body. One that is longer than `maxBytes` is not read to its end, and handed over as undefined; one that breaks off is never handed over. */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return done(undefined);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const take = (chunk: Buffer): void => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes <= maxBytes) return;
    request.off('data', take).off('end', end).pause();
    done(undefined);
  };
  const end = (): void => done(Buffer.concat(chunks));
  request.on('data', take).once('end', end);
}
