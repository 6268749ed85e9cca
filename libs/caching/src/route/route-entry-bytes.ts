import type { KeptHead, RouteEntry } from './kept-route-answer.js';

/** Writes an entry as bytes: a line of JSON about it, then its body. */
export function writeRouteEntry(entry: RouteEntry): Buffer {
  if (entry.kind === 'vary') return Buffer.from(JSON.stringify(entry));
  const { body, ...head } = entry;
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), body]);
}

/**
 * Reads what `writeRouteEntry` wrote; its body is a copy.
 * @throws SyntaxError for bytes that are none
 */
export function readRouteEntry(bytes: Buffer): RouteEntry {
  const end = bytes.indexOf('\n');
  if (end < 0) return JSON.parse(bytes.toString()) as RouteEntry;
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as KeptHead;
  // A slice would hold the whole chunk that came from Redis.
  return Object.freeze({ ...head, body: Buffer.from(bytes.subarray(end + 1)) });
}
