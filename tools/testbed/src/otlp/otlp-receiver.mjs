// Takes spans by OTLP over HTTP, as JSON, and shows them to tests: `node otlp-receiver.mjs PORT`.
import { createServer } from 'node:http';
import { toSpans } from './to-spans.mjs';

/** Spans that it keeps; the oldest go first. */
const mostSpans = 10_000;

/** @type {import('./to-spans.mjs').ReceivedSpan[]} */
let spans = [];

/**
 * @param {import('node:http').IncomingMessage} request
 * @returns {Promise<string>}
 */
async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://receiver');
  /**
   * @param {number} status
   * @param {unknown} body
   */
  const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'GET' && pathname === '/spans') {
    const traceId = searchParams.get('traceId');
    return answer(200, traceId === null ? spans : spans.filter((span) => span.traceId === traceId));
  }
  if (request.method !== 'POST' || pathname !== '/v1/traces') return answer(404, { message: 'POST /v1/traces, GET /spans?traceId=' });
  try {
    spans = [...spans, ...toSpans(JSON.parse(await textOf(request)))].slice(-mostSpans);
    return answer(200, {});
  } catch (error) {
    return answer(400, { message: /** @type {Error} */ (error).message });
  }
}).listen(Number(process.argv[2]), '127.0.0.1');
