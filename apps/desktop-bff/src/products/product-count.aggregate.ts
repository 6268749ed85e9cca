import { defineAggregate } from '@portico/aggregation';
import { countProducts } from '../services/catalog.service.js';

/** What narrows the products down. */
export interface Narrowing {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
  readonly brand?: string | undefined;
}

/** How many products there are. */
export const productCountAggregate = defineAggregate<Narrowing>('desktop.product-count')
  .required('count', ({ input: { q, category, brand } }) => countProducts({ query: { q, category, brand, limit: 1 } }))
  .into(({ count }) => count.total);
