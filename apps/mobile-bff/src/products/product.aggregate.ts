import { defineAggregate } from '@portico/aggregation';
import { readProduct } from '../services/catalog.service.js';
import { readStock } from '../services/inventory.service.js';
import { readPrice } from '../services/pricing.service.js';
import { readReviews } from '../services/reviews.service.js';
import { toCardView } from './card.view-model.js';
import type { ImageWidth } from './image.view-model.js';
import { ProductView } from './product.view-model.js';

const reviewLines = 3;

interface ProductInput {
  readonly id: string;
  readonly imageWidth: ImageWidth;
}

/** Only the product itself is needed; the screen stands without the rest. */
export const productAggregate = defineAggregate<ProductInput>('mobile.product')
  .required('product', ({ input }) => readProduct({ params: { id: input.id } }))
  .optional('price', ({ input }) => readPrice({ params: { id: input.id } }))
  .optional('stock', ({ input }) => readStock({ params: { id: input.id } }))
  .optional('reviews', ({ input }) => readReviews({ params: { id: input.id }, query: { limit: reviewLines } }))
  .shape(ProductView, ({ input, product, price, stock, reviews }) => ({
    ...toCardView(product, price.ok ? price.value : null, input.imageWidth),
    inStock: stock.ok ? stock.value.available > 0 : null,
    reviews: reviews.ok ? { count: reviews.value.count, average: reviews.value.average, lines: reviews.value.items } : null,
  }));
