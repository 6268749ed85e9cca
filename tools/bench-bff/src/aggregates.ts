import { defineAggregate } from '@portico/aggregation';
import { listProducts, readPrice, readPrices, readProduct, readReviews } from './services.js';
import { ListView, ProductView, SmallView } from './views.js';

interface ById {
  readonly id: string;
}

/** W1: three calls in parallel, joined and trimmed. */
export const productAggregate = defineAggregate<ById>('bench.product')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .required('price', ({ input }) => readPrice({ params: { id: input.id } }))
  .optional('reviews', ({ input }) => readReviews({ params: { id: input.id }, query: { limit: 3 } }))
  .shape(ProductView, ({ product, price, reviews }) => {
    const image = product.images[0];
    return {
      id: product.id,
      name: product.name,
      brand: product.brand,
      price,
      image: image ? { url: image.urls.w640, alt: image.alt } : null,
      reviews: reviews.ok ? { count: reviews.value.count, average: reviews.value.average, lines: reviews.value.items.slice(0, 3) } : null,
    };
  });

/** W0: one call. */
export const smallAggregate = defineAggregate<ById>('bench.small')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .shape(SmallView, ({ product }) => product);

/** W3: a list of 20 and the prices of its items in one batch. */
export const listAggregate = defineAggregate<{ readonly offset: number }>('bench.list')
  .required('list', ({ input }) => listProducts({ query: { limit: 20, offset: input.offset } }))
  .join('prices', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(ListView, ({ list, prices }) => ({ items: list.items.map(({ id, name }) => ({ id, name, price: prices.get(id) })) }));
