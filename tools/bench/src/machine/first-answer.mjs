import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const retryMs = 2;
const patienceMs = 20_000;

/**
 * Asks until the answer is 200.
 * @param {string} url
 * @param {string | null} token
 * @param {() => boolean} alive whether waiting still makes sense
 * @returns {Promise<void>} rejects with the last thing seen when the process ends or 20 s have passed
 */
export async function firstGoodAnswer(url, token, alive) {
  const end = performance.now() + patienceMs;
  let seen = 'no answer';
  while (performance.now() < end) {
    if (!alive()) throw new Error('the process has ended');
    seen = await statusOf(url, token);
    if (seen === '200') return;
    await pause(retryMs);
  }
  throw new Error(`GET ${url}: ${seen}`);
}

/**
 * @param {string} url
 * @param {string | null} token
 * @returns {Promise<string>} the status, or the code of the connection's error
 */
export function statusOf(url, token) {
  return new Promise((resolve) => {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    get(url, { agent: false, headers }, (response) => {
      response.resume();
      response.once('end', () => resolve(String(response.statusCode)));
    }).once('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code ?? error.message));
  });
}
