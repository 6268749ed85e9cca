import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Size of the `huge` answer, in bytes. */
export const hugeBytes = 50 * 1024 * 1024;

/** 200 with a page where JSON was expected, as a captive portal or a proxy would answer. */
export function answerHtml(response: ServerResponse): void {
  const text = '<!doctype html><html><head><title>Welcome</title></head><body><h1>Please sign in to the network</h1></body></html>';
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** An error nobody foresaw. */
export function answerError(response: ServerResponse, status: number): void {
  const text = JSON.stringify({ error: 'injected fault' });
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Streams {@link hugeBytes} of JSON, in one piece and without an announced length; stops when the client goes. */
export async function answerHuge(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
  await pipeline(Readable.from(hugeJson()), response).catch(() => undefined);
}

function* hugeJson(): Generator<string> {
  const head = '{"items":[';
  const tail = '""]}';
  const item = `"${'x'.repeat(65_000)}",`;
  const whole = Math.floor((hugeBytes - head.length - tail.length) / item.length);
  yield head;
  for (let count = 0; count < whole; count += 1) yield item;
  yield `${' '.repeat(hugeBytes - head.length - tail.length - whole * item.length)}${tail}`;
}

/** Announces the whole length, sends the first half and closes the connection. */
export function sendHalf(response: ServerResponse, body: Buffer): void {
  response.setHeader('content-length', body.byteLength);
  response.flushHeaders();
  response.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => response.socket?.destroy());
}

/** The same JSON with every number turned into text and every text into a number; what is no JSON stays as it is. */
export function swapTypes(body: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(swap(JSON.parse(body.toString('utf8')))));
  } catch {
    return body;
  }
}

function swap(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return Number.isFinite(Number(value)) && value !== '' ? Number(value) : value.length;
  if (Array.isArray(value)) return value.map(swap);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, swap(inner)]));
  return value;
}
