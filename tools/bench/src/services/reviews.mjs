import { reviewsSample } from './samples.mjs';
import { template } from './template.mjs';

const reviews = template(reviewsSample);

/**
 * `GET /products/:id/reviews?limit=3`.
 * @param {string} url
 * @returns {string}
 */
export const reviewsOf = (url) => reviews(url.slice('/products/'.length, url.lastIndexOf('/')), 0);
