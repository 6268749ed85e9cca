import { defineAggregate } from '@portico/aggregation';
import { listProducts, type Product, readPrice, readPrices, readProduct, readReviews } from './services.js';
import { ListView, ProductView, SmallView } from './views.js';

interface ById {
  readonly id: string;
}

function imageOf({ images: [image] }: Product, width: 'w320' | 'w640') {
  return image ? { url: image.urls[width], alt: image.alt } : null;
}

/** W1: three calls in parallel, joined and trimmed. */
export const productAggregate = defineAggregate<ById>('bench.product')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .required('price', ({ input }) => readPrice({ params: { id: input.id } }))
  .optional('reviews', ({ input }) => readReviews({ params: { id: input.id }, query: { limit: 3 } }))
  .shape(ProductView, ({ product, price, reviews }) => {
    const { id, name, brand } = product;
    const shown = reviews.ok ? { count: reviews.value.count, average: reviews.value.average, lines: reviews.value.items.slice(0, 3) } : null;
    return { id, name, brand, price, image: imageOf(product, 'w640'), reviews: shown };
  });

/** W0: one call. */
export const smallAggregate = defineAggregate<ById>('bench.small')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .shape(SmallView, ({ product }) => ({ id: product.id, name: product.name, brand: product.brand, image: imageOf(product, 'w640') }));

/** W3: a list of 20 and the prices of its items in one batch. */
export const listAggregate = defineAggregate<{ readonly offset: number }>('bench.list')
  .required('list', ({ input }) => listProducts({ query: { limit: 20, offset: input.offset } }))
  .join('prices', {
    after: ['list'],
    ids: ({ list }) => list.items.map((item) => item.id),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(ListView, ({ list, prices }) => ({
    total: list.total,
    items: list.items.map((product) => ({ id: product.id, name: product.name, brand: product.brand, price: prices.get(product.id), image: imageOf(product, 'w320') })),
  }));
