import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const pricing = defineService('pricing');

const Price = Type.Object({
  productId: Type.String(),
  currency: Type.String(),
  amountCents: Type.Integer(),
  listAmountCents: Type.Integer(),
  discountPercent: Type.Integer(),
  validUntil: Type.String(),
});
const History = Type.Object({ points: Type.Array(Type.Object({ at: Type.String(), amountCents: Type.Integer() })) });

/** What a product costs now. */
export type Price = Static<typeof Price>;

export const readPrice = pricing.get('/prices/:id', { reads: Price });
export const readPrices = pricing.get('/prices', { reads: Type.Object({ items: Type.Array(Price) }) });
export const readPriceHistory = pricing.get('/prices/:id/history', { reads: History });

const PriceTick = Type.Object({ productId: Type.String(), amountCents: Type.Integer(), previousCents: Type.Integer(), currency: Type.String(), at: Type.String() });

/** A price that has moved. */
export type PriceTick = Static<typeof PriceTick>;

/** Prices as they move. */
export const streamPrices = pricing.events('/prices/ticks', { reads: PriceTick });
