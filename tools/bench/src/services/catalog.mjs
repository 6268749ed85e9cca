import { catalogTotal } from './facts.mjs';
import { listedProductSample, productSample } from './samples.mjs';
import { template } from './template.mjs';

const product = template(productSample);
const listed = template(listedProductSample);

/**
 * `GET /products/:id` and `GET /products?limit=L&offset=N`, whose items have the ids p-N+1 ... p-N+L.
 * @param {string} url
 * @returns {string}
 */
export function catalog(url) {
  if (url.startsWith('/products/')) return product(url.slice('/products/'.length), 0);
  const query = new URLSearchParams(url.slice(url.indexOf('?')));
  const offset = Number(query.get('offset'));
  const items = Array.from({ length: Number(query.get('limit')) }, (_, index) => listed(`p-${offset + index + 1}`, 0));
  return `{"total":${catalogTotal},"items":[${items.join(',')}]}`;
}
