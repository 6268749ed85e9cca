/** @typedef {(path: string, signal?: AbortSignal) => Promise<any>} Service */

const deadlineMs = 300;

/**
 * The operations by hand: call, pick, join. Nothing is checked, measured, limited or logged.
 * @param {{ catalog: Service, pricing: Service, reviews: Service }} services
 */
export function operations({ catalog, pricing, reviews }) {
  /** @type {Map<string, Promise<object>>} */
  const underWay = new Map();

  /** @param {string} id */
  async function head(id) {
    return headOf(await catalog(`/products/${id}`), 'w640');
  }

  /** @param {string} id */
  async function screen(id) {
    const [product, price, review] = await Promise.all([catalog(`/products/${id}`), pricing(`/prices/${id}`), reviews(`/products/${id}/reviews?limit=3`)]);
    return { ...headOf(product, 'w640'), price: priceOf(price), reviews: reviewsOf(review) };
  }

  /** The optional part alone has the deadline, as in the other rival. @param {string} id */
  async function screenWithinDeadline(id) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), deadlineMs);
    const lines = reviews(`/products/${id}/reviews?limit=3`, abort.signal)
      .then(reviewsOf, () => null)
      .finally(() => clearTimeout(timer));
    const [product, price, review] = await Promise.all([catalog(`/products/${id}`), pricing(`/prices/${id}`), lines]);
    return { ...headOf(product, 'w640'), price: priceOf(price), reviews: review };
  }

  /** Callers of the same id share one gathering. @param {string} id */
  function sharedScreen(id) {
    const shared = underWay.get(id);
    if (shared) return shared;
    const own = screen(id).finally(() => underWay.delete(id));
    underWay.set(id, own);
    return own;
  }

  /** @param {number} offset */
  async function list(offset) {
    const { total, items } = await catalog(`/products?limit=20&offset=${offset}`);
    const batch = await pricing(`/prices?ids=${items.map((/** @type {any} */ item) => item.id).join(',')}`);
    const prices = new Map(batch.items.map((/** @type {any} */ price) => [price.productId, price]));
    return { total, items: items.map((/** @type {any} */ item) => ({ ...headOf(item, 'w320'), price: priceOf(prices.get(item.id)) })) };
  }

  return { head, screen, screenWithinDeadline, sharedScreen, list };
}

/**
 * @param {any} product
 * @param {'w320' | 'w640'} width
 */
const headOf = ({ id, name, brand, images }, width) => ({ id, name, brand, image: { url: images[0].urls[width], alt: images[0].alt } });

/** @param {any} price */
const priceOf = ({ amountCents, currency }) => ({ amountCents, currency });

/** @param {any} reviews */
const reviewsOf = ({ count, average, items }) => ({
  count,
  average,
  lines: items.slice(0, 3).map((/** @type {any} */ { rating, title }) => ({ rating, title })),
});
