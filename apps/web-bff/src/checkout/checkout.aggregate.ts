import { Injectable } from '@nestjs/common';
import { defineAggregate, type Aggregate } from '@portico/aggregation';
import type { ViewOf } from '@portico/view-model';
import { totalCents } from '../basket/total.js';
import { readBasket } from '../services/basket.service.js';
import { readCards } from '../services/catalog.service.js';
import { readCustomer } from '../services/customers.service.js';
import { readPrices } from '../services/pricing.service.js';
import { ShippingService } from '../services/shipping.service.js';
import { CheckoutView } from './checkout.view-model.js';

/** What a parcel is taken to weigh where a product's weight is not known. */
const defaultGrams = 500;

/** The heaviest parcel that the shipping service quotes; what is heavier is priced as this. */
const heaviestGrams = 150_000;

/** The checkout screen: shipping is asked for once weight and destination are known. */
@Injectable()
export class CheckoutAggregate {
  readonly screen: Aggregate<undefined, ViewOf<typeof CheckoutView>>;

  constructor(shipping: ShippingService) {
    this.screen = defineAggregate('web.checkout')
      .required('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
      .required('customer', ({ caller }) => readCustomer({ params: { id: caller.id } }))
      .join('products', {
        after: ['basket'],
        ids: ({ basket }) => basket.lines.map((line) => line.productId),
        fetch: (ids) => readCards({ query: { ids } }),
        key: (product) => product.id,
      })
      .join('prices', {
        after: ['basket'],
        ids: ({ basket }) => basket.lines.map((line) => line.productId),
        fetch: (ids) => readPrices({ query: { ids } }),
        key: (price) => price.productId,
      })
      .optional(
        'quotes',
        ({ basket, customer, products }) => {
          const grams = basket.lines.reduce((sum, { productId, quantity }) => sum + quantity * (products.get(productId)?.weightGrams ?? defaultGrams), 0);
          const address = customer.addresses[0];
          return shipping.quotes(Math.min(grams, heaviestGrams), address?.countryCode ?? '', address?.postalCode ?? '');
        },
        { after: ['basket', 'customer', 'products'], when: ({ basket, customer }) => basket.lines.length > 0 && customer.addresses.length > 0 },
      )
      .shape(CheckoutView, ({ basket, customer, prices, quotes }) => ({
        count: basket.lines.reduce((sum, line) => sum + line.quantity, 0),
        totalCents: totalCents(basket, prices),
        addresses: customer.addresses,
        shippingQuotes: quotes.ok ? [...quotes.value] : null,
      }));
  }
}
