import { defineAggregate } from '@portico/aggregation';
import { readCards, readProduct } from '../services/catalog.service.js';
import { readStock } from '../services/inventory.service.js';
import { readPrice, readPriceHistory, readPrices } from '../services/pricing.service.js';
import { readRelated } from '../services/recommendations.service.js';
import { readReviews } from '../services/reviews.service.js';
import { toCardView } from './card.view-model.js';
import { ProductView } from './product.view-model.js';

const reviewsShown = 20;
const relatedShown = 12;

interface ProductInput {
  readonly id: string;
}

/** Only the product itself is needed; the window stands without the rest. */
export const productAggregate = defineAggregate<ProductInput>('desktop.product')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .optional('price', ({ input }) => readPrice({ params: { id: input.id } }))
  .optional('history', ({ input }) => readPriceHistory({ params: { id: input.id } }))
  .optional('stock', ({ input }) => readStock({ params: { id: input.id } }))
  .optional('reviews', ({ input }) => readReviews({ params: { id: input.id }, query: { limit: reviewsShown } }))
  .withDefault('related', { items: [] }, ({ input }) => readRelated({ params: { id: input.id }, query: { limit: relatedShown } }))
  .join('relatedProducts', {
    after: ['related'],
    ids: ({ related }) => related.items.map((item) => item.productId),
    fetch: (ids) => readCards({ query: { ids } }),
    key: (product) => product.id,
  })
  .join('relatedPrices', {
    after: ['related'],
    ids: ({ related }) => related.items.map((item) => item.productId),
    fetch: (ids) => readPrices({ query: { ids } }),
    key: (price) => price.productId,
  })
  .shape(ProductView, ({ product, price, history, stock, reviews, related, relatedProducts, relatedPrices }) => ({
    ...product,
    price: price.ok ? price.value : null,
    priceHistory: history.ok ? history.value.points : null,
    stock: stock.ok ? stock.value : null,
    reviews: reviews.ok ? reviews.value : null,
    related: related.items.flatMap(({ productId }) => {
      const card = relatedProducts.get(productId);
      return card ? [toCardView(card, relatedPrices.get(productId))] : [];
    }),
  }));
