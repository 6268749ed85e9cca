import { randomBytes } from 'node:crypto';
import { request as startRequest, type IncomingMessage } from 'node:http';
import type { BodyText, VectorRequest } from '../vectors/vector.js';

/** What came of a request. */
export interface Answer {
  readonly status: number;
  /** Names in lower case, values of a repeated one joined. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly elapsedMs: number;
}

const giveUpMs = 30_000;

/** Sends a request exactly as it is written, on a connection of its own. */
export function send(origin: string, request: VectorRequest): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const { method, path, chunked } = request;
    const body = chunked ? undefined : bodyOf(request.body);
    const outgoing = startRequest({ host: hostname, port, method, path, agent: false, headers: headersOf(request, host, body) });
    const finish = (incoming: IncomingMessage, text: string): void =>
      resolve({ status: incoming.statusCode ?? 0, headers: joined(incoming), body: text, elapsedMs: performance.now() - startedAt });
    outgoing.setTimeout(giveUpMs, () => outgoing.destroy(new Error(`no answer in ${giveUpMs} ms`)));
    outgoing.on('error', reject);
    outgoing.on('upgrade', (incoming: IncomingMessage, socket) => {
      socket.destroy();
      finish(incoming, '');
    });
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => finish(incoming, Buffer.concat(chunks).toString('utf8')));
    });
    for (const piece of chunked ?? []) outgoing.write(piece);
    outgoing.end(body);
  });
}

function bodyOf(body: BodyText | undefined): string | undefined {
  return typeof body === 'object' ? body.$repeat.text.repeat(body.$repeat.times) : body;
}

/** Names and values in turn: so nothing is joined, sorted or left out. */
function headersOf({ headers = {}, chunked, upgrade }: VectorRequest, host: string, body: string | undefined): string[] {
  const pairs = (Array.isArray(headers) ? headers : Object.entries(headers)) as readonly (readonly [string, string])[];
  const has = (name: string): boolean => pairs.some(([sent]) => sent.toLowerCase() === name);
  return [
    ...(has('host') ? [] : ['Host', host]),
    ...pairs.flat(),
    ...(body !== undefined && !has('content-length') ? ['Content-Length', String(Buffer.byteLength(body))] : []),
    ...(chunked ? ['Transfer-Encoding', 'chunked'] : []),
    ...(upgrade ? ['Connection', 'Upgrade', 'Upgrade', upgrade, 'Sec-WebSocket-Version', '13', 'Sec-WebSocket-Key', randomBytes(16).toString('base64')] : []),
  ];
}

function joined({ headers }: IncomingMessage): Answer['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]));
}
