import { get } from 'node:http';

/** Longest part of an answer that is read, in bytes. */
const answerBytes = 4_096;

/**
 * What one probe says of an instance. `replica` is the name that it gives itself, with which the ids of its connections begin; undefined when it gives none.
 * @typedef {{ readonly finding: import('./instance-health.mjs').Finding, readonly replica: string | undefined }} ProbeResult
 */

/**
 * Asks an instance how it is, on a connection of its own.
 * @param {string} address as `10.0.0.7:3010`
 * @param {{ readonly healthPath: string, readonly healthTimeoutMs: number }} options
 * @returns {Promise<ProbeResult>} never rejects
 */
export function probe(address, { healthPath, healthTimeoutMs }) {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(healthTimeoutMs);
    const failed = () => resolve({ finding: 'failed', replica: undefined });
    const request = get(`http://${address}${healthPath}`, { agent: false, signal, headers: { 'user-agent': 'portico-edge', connection: 'close' } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => {
        if (body.length < answerBytes) body += chunk;
      });
      answer.once('error', failed);
      answer.once('end', () => {
        const status = answer.statusCode ?? 0;
        resolve({ finding: status === 503 ? 'draining' : status >= 200 && status < 300 ? 'ready' : 'failed', replica: replicaOf(body) });
      });
    });
    request.once('error', failed);
  });
}

/**
 * @param {string} body
 * @returns {string | undefined}
 */
function replicaOf(body) {
  try {
    const { replica } = JSON.parse(body);
    // It becomes part of an expression of nginx.
    return typeof replica === 'string' && /^[A-Za-z0-9_-]{1,128}$/.test(replica) ? replica : undefined;
  } catch {
    return undefined;
  }
}
