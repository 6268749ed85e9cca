import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { OtlpAttribute, SpanSender } from './span-sender.js';

const serverKind = 2;
const errorStatus = 2;
const sampledParent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f][13579bdf]$/;

/** Records a server span for each request that comes with a sampled `traceparent` (W3C Trace Context); a service begins no trace of its own. */
export class ServerSpans {
  readonly #sender: Pick<SpanSender, 'add'>;
  readonly #routes = new WeakMap<IncomingMessage, string>();

  constructor(sender: Pick<SpanSender, 'add'>) {
    this.#sender = sender;
  }

  /** Notes which route a request was for. */
  route(request: IncomingMessage, route: string | undefined): void {
    if (route !== undefined) this.#routes.set(request, route);
  }

  /** The same listener, each of whose requests is recorded when its answer has left, or its connection was cut. */
  around(listener: RequestListener): RequestListener {
    return (request, response) => {
      const [, traceId, parentSpanId] = sampledParent.exec(String(request.headers.traceparent)) ?? [];
      if (traceId !== undefined && parentSpanId !== undefined) {
        const startedAt = Date.now();
        response.once('close', () => {
          const method = request.method ?? '';
          const route = this.#routes.get(request);
          const { statusCode, headersSent } = response;
          this.#sender.add({
            traceId,
            parentSpanId,
            spanId: randomBytes(8).toString('hex'),
            name: route === undefined ? method : `${method} ${route}`,
            kind: serverKind,
            startTimeUnixNano: nanoseconds(startedAt),
            endTimeUnixNano: nanoseconds(Date.now()),
            attributes: [text('http.request.method', method), ...(route === undefined ? [] : [text('http.route', route)]), ...(headersSent ? [{ key: 'http.response.status_code', value: { intValue: statusCode } }] : [])],
            status: !headersSent || statusCode >= 500 ? { code: errorStatus } : {},
          });
        });
      }
      return listener(request, response);
    };
  }
}

function text(key: string, stringValue: string): OtlpAttribute {
  return { key, value: { stringValue } };
}

function nanoseconds(epochMs: number): string {
  return `${epochMs}000000`;
}
