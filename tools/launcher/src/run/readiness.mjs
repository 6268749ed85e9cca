import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { LaunchError } from '../launch-error.mjs';

/** @typedef {import('../places.mjs').Place} Place */

const pollMs = 100;

/**
 * Waits until every place answers 2xx on its ready path.
 * @param {readonly Place[]} places
 * @param {{ stop: AbortSignal, timeoutMs?: number, note?: (text: string) => void }} options 60 s by default
 * @throws {LaunchError} naming those that are not ready in time, with what they answered last; the reason of `stop` once it is aborted
 */
export async function waitUntilReady(places, { stop, timeoutMs = 60_000, note = () => {} }) {
  const endsAt = performance.now() + timeoutMs;
  let waiting = places.map((place) => ({ place, answer: '' }));
  for (;;) {
    const answers = await Promise.all(waiting.map(({ place }) => probe(`${place.url}${place.readyPath}`)));
    waiting = waiting.map(({ place }, index) => ({ place, answer: answers[index] ?? '' })).filter(({ answer }) => !/^2\d\d$/.test(answer));
    note(`${places.length - waiting.length} of ${places.length}`);
    if (waiting.length === 0) return;
    if (performance.now() > endsAt) {
      throw new LaunchError(waiting.map(({ place, answer }) => `${place.name} is not ready: ${place.url}${place.readyPath} says ${answer}.`).join('\n'));
    }
    await pause(pollMs);
    stop.throwIfAborted();
  }
}

/**
 * One request on a connection of its own: none stays open that would delay a stop.
 * @param {string} url
 * @returns {Promise<string>} the status, or why there is none
 */
function probe(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 2_000 }, (answer) => {
      answer.resume();
      resolve(String(answer.statusCode));
    });
    request.once('timeout', () => request.destroy(new Error('nothing within 2 s')));
    request.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code ?? error.message));
  });
}
