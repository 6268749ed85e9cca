import { createServer } from 'node:http';
import { once } from 'node:events';

/** How a service misbehaves: an error at once, or the right answer three seconds late. @typedef {'none' | 'fail' | 'slow'} Fault */

const slowMs = 3_000;

/**
 * Starts one service on a free port of the loopback address.
 * @param {(url: string) => string} answer JSON for a path with query
 * @param {() => Fault} [fault] asked for each request
 * @returns {Promise<string>} its origin
 */
export async function startService(answer, fault = () => 'none') {
  const server = createServer((request, response) => {
    const mode = fault();
    if (mode === 'fail') send(response, 500, '{"error":"broken on purpose"}');
    else if (mode === 'slow') sendLate(response, () => answer(request.url ?? ''));
    else send(response, 200, answer(request.url ?? ''));
  });
  // Longer than any pause between two windows: a connection closed in between would be counted as the gateway's work.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://127.0.0.1:${address.port}`;
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 * @param {string} body ASCII
 */
function send(response, status, body) {
  response.writeHead(status, ['content-type', 'application/json', 'content-length', String(body.length)]);
  response.end(body, 'latin1');
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {() => string} body
 */
function sendLate(response, body) {
  const timer = setTimeout(() => send(response, 200, body()), slowMs);
  response.once('close', () => clearTimeout(timer));
}
