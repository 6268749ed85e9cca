import { differences } from './compare.mjs';

/**
 * The gate for one answer.
 * @param {string} path that was asked for
 * @param {unknown} expected view model; a text is compared byte by byte
 * @param {number} status
 * @param {string} body
 * @returns {Error | undefined} what is wrong with it, or nothing
 */
export function checkAnswer(path, expected, status, body) {
  if (status !== 200) return new Error(`GET ${path}: expected status 200, got ${status} ${body.slice(0, 300)}`);
  if (typeof expected === 'string') return checkText(path, expected, body);
  const lines = differences(expected, parsed(body));
  if (lines.length === 0) return undefined;
  return new Error([`GET ${path}: the answer is not the expected view model`, ...lines.map((line) => `  ${line}`)].join('\n'));
}

/**
 * @param {string} path
 * @param {string} expected
 * @param {string} body
 */
function checkText(path, expected, body) {
  if (body === expected) return undefined;
  const shared = Math.min(expected.length, body.length);
  let at = 0;
  while (at < shared && body[at] === expected[at]) at += 1;
  return new Error(`GET ${path}: byte ${at} differs; expected ${expected.length} bytes, got ${body.length}: ${body.slice(at, at + 80)}`);
}

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return `not JSON: ${body.slice(0, 80)}`;
  }
}
