import * as facts from '../services/facts.mjs';

/**
 * The answers that every system must give, exactly these keys. They are written down here a second time, apart from the
 * systems, because a figure of a gateway that answers something else says nothing.
 */

/** Head of a product: W0. @param {string} id */
export const productHead = (id) => ({ id, name: facts.productName(id), brand: facts.brand, image: imageOf(id, 'w640') });

/** Product screen of the mobile BFF: W1, W6, and W4 while nothing fails. @param {string} id */
export const productScreen = (id) => ({ ...productHead(id), price: priceOf(id), reviews: reviewsOf(id) });

/** Product screen without its optional part: W4. @param {string} id */
export const partialProductScreen = (id) => ({ ...productHead(id), price: priceOf(id), reviews: null });

/** Twenty products joined with their prices, in the order of the list: W3. @param {number} offset */
export const productList = (offset) => ({
  total: facts.catalogTotal,
  items: Array.from({ length: 20 }, (_, index) => listItem(`p-${offset + index + 1}`)),
});

/** An answer that is only passed on, byte by byte: P1 and P100. @param {number} kilobytes @param {string} id */
export const plainDocument = (kilobytes, id) => facts.documentText(kilobytes, id);

/** @param {string} id */
const listItem = (id) => ({ id, name: facts.productName(id), brand: facts.brand, price: priceOf(id), image: imageOf(id, 'w320') });

/** @param {string} id */
const priceOf = (id) => ({ amountCents: facts.amountCents(id), currency: facts.currency });

/**
 * @param {string} id
 * @param {'w320' | 'w640'} width
 */
const imageOf = (id, width) => ({ url: facts.imageUrl(id, width), alt: facts.imageAlt(id) });

/** @param {string} id */
const reviewsOf = (id) => ({
  count: facts.reviewCount,
  average: facts.reviewAverage,
  lines: facts.reviewRatings.map((rating, index) => ({ rating, title: facts.reviewTitle(id, index) })),
});
