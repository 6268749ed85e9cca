import { defineViewModel, Nullable, type ViewOf } from '@portico/view-model';
import Type from 'typebox';
import type { Stock } from '../services/inventory.service.js';
import type { ProductRow } from '../services/catalog.service.js';
import type { Price } from '../services/pricing.service.js';
import type { ReviewSummary } from '../services/reviews.service.js';

/** A row of the product table, flat, so that it is a record of CSV too; null stands for what is not known now. */
export const ProductRowView = defineViewModel(
  'DesktopProductRow',
  Type.Object({
    id: Type.String(),
    sku: Type.String(),
    name: Type.String(),
    brand: Type.String(),
    category: Type.String(),
    currency: Nullable(Type.String()),
    priceCents: Nullable(Type.Integer()),
    listPriceCents: Nullable(Type.Integer()),
    discountPercent: Nullable(Type.Integer()),
    available: Nullable(Type.Integer()),
    ratingAverage: Nullable(Type.Number()),
    ratingCount: Nullable(Type.Integer()),
    weightGrams: Type.Integer(),
    createdAt: Type.String(),
  }),
);

/** Shapes a row of the product table. */
export function toProductRow(product: ProductRow, price: Price | null, stock: Stock | null, rating: ReviewSummary | null): ViewOf<typeof ProductRowView> {
  return {
    ...product,
    currency: price && price.currency,
    priceCents: price && price.amountCents,
    listPriceCents: price && price.listAmountCents,
    discountPercent: price && price.discountPercent,
    available: stock && stock.available,
    ratingAverage: rating && rating.average,
    ratingCount: rating && rating.count,
  };
}
