import { differences } from './compare.mjs';

/**
 * The gate for one answer.
 * @param {string} path that was asked for
 * @param {unknown} expected view model
 * @param {number} status
 * @param {string} body
 * @returns {Error | undefined} what is wrong with it, or nothing
 */
export function checkAnswer(path, expected, status, body) {
  if (status !== 200) return new Error(`GET ${path}: expected status 200, got ${status} ${body.slice(0, 300)}`);
  const lines = differences(expected, parsed(body));
  if (lines.length === 0) return undefined;
  return new Error([`GET ${path}: the answer is not the expected view model`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 80)}`;
  }
}
