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
 * What to type first: the same product from each BFF. What the desktop shows is not public, so that line gets a token too.
 * @param {readonly Place[]} gateways
 * @returns {string}
 */
export function firstCalls(gateways) {
  const calls = gateways.map(({ name, url }) => {
    const token = name === 'desktop-bff' ? '-H "Authorization: Bearer $(npm run -s token -- --user ann --for desktop)" ' : '';
    return `  curl -s ${token}${url}/api/products/p-0001`;
  });
  return ['Try the same product on each BFF:', ...calls, 'Get a token for what is not public:', '  npm run -s token -- --user ann --for mobile'].join('\n');
}
