import { currency } from '../data/price.factory.js';
import type { Order } from '../data/order.schema.js';
import { seededRandom } from '../data/seeded-random.js';
import { maxParcelGrams, shippingRates } from '../data/shipping-rates.js';
import { badRequest, found } from '../server/http-error.js';
import type { Shop } from '../shop.js';
import type { PlaceOrder } from './ordering.schema.js';

/** Prices a checked request and enters it. Throws 404 for an unknown customer, address or product, 400 for what cannot be shipped. */
export function placeOrder({ data, customers, orders }: Shop, { customerId, lines, addressId, shippingOption, paymentMethod }: PlaceOrder): Order {
  const address = found(found(customers.find(customerId)).addresses.find(({ id }) => id === addressId));
  const bought = lines.map(({ productId, quantity }) => ({ product: found(data.product(productId)), price: found(data.price(productId)), quantity }));
  const weightGrams = bought.reduce((sum, { product, quantity }) => sum + product.weightGrams * quantity, 0);
  const rates = shippingRates(Math.min(weightGrams, maxParcelGrams), address.countryCode);
  if (!rates) throw badRequest(`addressId: no shipping to ${address.countryCode}`);
  const shippingCents = found(rates.find(({ code }) => code === shippingOption)).priceCents;
  const priced = bought.map(({ product, price, quantity }) => ({
    productId: product.id,
    name: product.name,
    quantity,
    unitAmountCents: price.amountCents,
    lineAmountCents: price.amountCents * quantity,
  }));
  return orders.place({
    customerId,
    lines: priced,
    address,
    shippingOption,
    paymentMethod,
    shippingCents,
    totalCents: priced.reduce((sum, line) => sum + line.lineAmountCents, shippingCents),
    currency,
    internalRiskScore: Math.round(seededRandom(data.seed, `risk/${customerId}/${addressId}`).next() * 1_000) / 1_000,
  });
}
