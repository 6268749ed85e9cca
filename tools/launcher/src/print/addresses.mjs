import { table } from './table.mjs';

/** @typedef {import('../places.mjs').Place} Place */

/**
 * Every address of a running Portico.
 * @param {readonly Place[]} places
 * @returns {string}
 */
export function addressTable(places) {
  const rows = places.map(({ name, url, pages }) => [name, url, pages.map((page) => `${url}${page}`).join('  ')]);
  return table(['name', 'address', 'look at'], rows);
}

/**
 * What to type first: the same public product from each BFF, and how to get a token.
 * @param {readonly Place[]} gateways
 * @returns {string}
 */
export function firstCalls(gateways) {
  const calls = gateways.map(({ url }) => `  curl -s ${url}/api/products/p-0001`);
  return ['Try the same product on each BFF:', ...calls, 'Get a token for what is not public:', '  npm run token -- --user ann --for mobile'].join('\n');
}
