import { amountCents } from './facts.mjs';
import { batchedPriceSample, priceSample } from './samples.mjs';
import { template } from './template.mjs';

const price = template(priceSample);
const batched = template(batchedPriceSample);

/**
 * `GET /prices/:id` and `GET /prices?ids=a,b,c`. A batch comes in reverse order: whoever joins by position and not by id fails the gate.
 * @param {string} url
 * @returns {string}
 */
export function pricing(url) {
  if (url.startsWith('/prices/')) {
    const id = url.slice('/prices/'.length);
    return price(id, amountCents(id));
  }
  const ids = decodeURIComponent(url.slice('/prices?ids='.length)).split(',');
  return `{"items":[${ids.map((id) => batched(id, amountCents(id))).reverse().join(',')}]}`;
}
