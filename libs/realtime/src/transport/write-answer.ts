import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** Fields that keep an answer out of every cache (RFC 9111 5.2.2). */
export const noStore: OutgoingHttpHeaders = { 'cache-control': 'no-cache, no-store' };

/** Writes a whole answer: bytes of a hub, or nothing. */
export function writeAnswer(response: ServerResponse, status: number, body?: Buffer): void {
  if (body !== undefined) response.writeHead(status, { ...noStore, 'content-type': 'application/octet-stream', 'content-length': body.length });
  // A status that has no body has no length either (RFC 9110 8.6).
  else response.writeHead(status, status === 204 ? noStore : { ...noStore, 'content-length': 0 });
  response.end(body);
}
