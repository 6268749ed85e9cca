import { documentText } from './facts.mjs';

/**
 * `GET /p1/:id` and `GET /p100/:id`: an answer of 1 KB or 100 KB, for a gateway that only passes it on.
 * @param {string} url
 * @returns {string}
 */
export function documents(url) {
  const [, size = '', id = ''] = url.split('/');
  return documentText(size === 'p1' ? 1 : 100, id);
}
