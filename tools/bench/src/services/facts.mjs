/**
 * What the services say and the gate expects: everything follows from the id, so that an answer for the wrong id cannot pass.
 */
export const brand = 'Northfell';
export const currency = 'EUR';
export const reviewCount = 128;
export const reviewAverage = 4.3;
export const reviewRatings = /** @type {const} */ ([5, 4, 3]);
/** Products that the list claims to have. */
export const catalogTotal = 1_000_000_000;

/** @param {string} id */
export const productName = (id) => `All-weather touring jacket ${id}`;

/** @param {string} id */
export const amountCents = (id) => 10_000 + (Number(id.slice(2)) % 90_000);

/**
 * @param {string} id
 * @param {'w320' | 'w640' | 'w1280'} width
 */
export const imageUrl = (id, width) => `https://images.shop.example/products/${id}/front-${width}.avif`;

/** @param {string} id */
export const imageAlt = (id) => `Front view of ${id}`;

/**
 * @param {string} id
 * @param {number} index
 */
export const reviewTitle = (id, index) => `Review ${index + 1} of ${id}: keeps dry on a long tour`;

const filler = 'The quick brown fox keeps to the path and counts its steps. '.repeat(2_000);

/**
 * A document of so many kilobytes of 1,024 bytes, to the byte.
 * @param {number} kilobytes
 * @param {string} id
 */
export function documentText(kilobytes, id) {
  const head = `{"id":"${id}","text":"`;
  return `${head}${filler.slice(0, kilobytes * 1_024 - head.length - 2)}"}`;
}
