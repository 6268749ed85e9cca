import { parseArgs } from 'node:util';
import { boutNames, usualBouts } from './plan/bouts.mjs';
import { systemNames } from './plan/systems.mjs';

/**
 * What a run is asked to do.
 * @typedef {object} BenchOptions
 * @property {readonly string[]} only bouts to run
 * @property {readonly string[]} systems systems to run, by name
 * @property {number} pairs rounds of interleaved windows
 * @property {number} seconds length of a measured window
 * @property {boolean} quick few and short windows: proves that the harness runs, its figures are not for quoting
 * @property {string | undefined} json file for the machine-readable result
 * @property {string | undefined} markdown file for the page in docs
 */

export const usage = `node tools/bench/src/main.mjs [--only ${boutNames.join(',')}] [--systems ${systemNames.join(',')}]
  [--pairs 9] [--seconds 3] [--quick] [--json FILE] [--markdown FILE]`;

/**
 * @param {readonly string[]} argv without node and script
 * @returns {BenchOptions}
 * @throws {Error} with a message for the console when an argument is unknown or has no meaning
 */
export function parseOptions(argv) {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      systems: { type: 'string' },
      pairs: { type: 'string' },
      seconds: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      markdown: { type: 'string' },
    },
  });
  const pairs = positive('--pairs', values.pairs ?? (values.quick ? '3' : '9'));
  if (!Number.isInteger(pairs)) throw new Error('--pairs wants a whole number');
  return {
    only: names('--only', values.only?.toUpperCase(), boutNames, usualBouts),
    systems: names('--systems', values.systems, systemNames),
    pairs,
    seconds: positive('--seconds', values.seconds ?? (values.quick ? '0.5' : '3')),
    quick: values.quick,
    json: values.json,
    markdown: values.markdown,
  };
}

/**
 * @param {string} option
 * @param {string} text
 */
function positive(option, text) {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`${option} wants a number above 0, not "${text}"`);
  return value;
}

/**
 * @param {string} option
 * @param {string | undefined} text
 * @param {readonly string[]} known
 * @param {readonly string[]} [usual] what is meant when nothing is said
 */
function names(option, text, known, usual = known) {
  if (text === undefined) return usual;
  const asked = text.split(',').map((name) => name.trim());
  const strange = asked.filter((name) => !known.includes(name));
  if (strange.length > 0) throw new Error(`${option} knows ${known.join(', ')}; not ${strange.join(', ')}`);
  return known.filter((name) => asked.includes(name));
}
