import type { Customer } from './customer.schema.js';
import { epochMs } from './epoch.js';
import { orderProgress, type Order, type OrderStatus } from './order.schema.js';
import type { Price } from './price.schema.js';
import { currency } from './price.factory.js';
import type { Product } from './product.schema.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import { shippingRates } from './shipping-rates.js';

/** How long an order stays at each station, as seeded. */
const hoursPerStation = 20;

const hourMs = 3_600_000;

/** What an order needs to know about a product. */
export interface PricedProduct {
  readonly product: Product;
  readonly price: Price;
}

/** Every state once, the finished ones more often: what the first orders of ann and bob look like. */
const statesOfRegulars: readonly OrderStatus[] = ['delivered', 'delivered', 'cancelled', 'shipped', 'packed', 'paid', 'placed', 'delivered'];

/** Makes the past orders of all customers, oldest first: eight each for ann and bob, up to three for the others. */
export function makeOrders(seed: number, customers: readonly Customer[], range: readonly PricedProduct[]): Order[] {
  const orders = customers.flatMap((customer) => {
    const random = seededRandom(seed, `orders/${customer.id}`);
    const regular = customer.id === 'c-ann' || customer.id === 'c-bob';
    const states = regular ? statesOfRegulars : Array.from({ length: random.between(0, 3) }, () => random.pick(statesOfRegulars));
    return states.map((status) => makeOrder(random, customer, range, status));
  });
  orders.sort((one, other) => (one.placedAt < other.placedAt ? -1 : one.placedAt > other.placedAt ? 1 : 0));
  return orders.map((order, index) => ({ ...order, ...orderIds(index + 1), trackingNumber: order.trackingNumber && trackingNumberOf(index + 1) }));
}

/** The id and the number of the n-th order of the shop. */
export function orderIds(sequence: number): { id: string; number: string } {
  return { id: `o-${String(sequence).padStart(5, '0')}`, number: `PO-${100_000 + sequence}` };
}

/** The tracking number of the n-th order. */
export function trackingNumberOf(sequence: number): string {
  return `PT${String(sequence).padStart(9, '0')}EU`;
}

function makeOrder(random: SeededRandom, customer: Customer, range: readonly PricedProduct[], status: OrderStatus): Order {
  const stations = status === 'cancelled' ? (['placed', 'paid', 'cancelled'] as const) : orderProgress.slice(0, orderProgress.indexOf(status) + 1);
  const finished = status === 'delivered' || status === 'cancelled';
  const placedMs = epochMs - (finished ? random.between(10 * 24, 600 * 24) : random.between(stations.length * hoursPerStation, 8 * 24)) * hourMs;
  const bought = random.sample(range, random.between(1, 4)).map((entry) => ({ ...entry, quantity: random.between(1, 3) }));
  const lines = bought.map(({ product, price, quantity }) => ({
    productId: product.id,
    name: product.name,
    quantity,
    unitAmountCents: price.amountCents,
    lineAmountCents: price.amountCents * quantity,
  }));
  const address = random.pick(customer.addresses);
  const weightGrams = bought.reduce((sum, { product, quantity }) => sum + product.weightGrams * quantity, 0);
  const rate = random.pick(shippingRates(weightGrams, address.countryCode) ?? []);
  return {
    id: '',
    number: '',
    customerId: customer.id,
    status,
    totalCents: lines.reduce((sum, line) => sum + line.lineAmountCents, rate.priceCents),
    shippingCents: rate.priceCents,
    currency,
    lines,
    address,
    shippingOption: rate.code,
    paymentMethod: random.pick(['card', 'invoice', 'paypal']),
    placedAt: new Date(placedMs).toISOString(),
    timeline: stations.map((station, index) => ({ status: station, at: new Date(placedMs + index * hoursPerStation * hourMs).toISOString() })),
    trackingNumber: status === 'shipped' || status === 'delivered' ? 'pending' : null,
    archived: false,
    internalRiskScore: Math.round(random.next() * 1_000) / 1_000,
  };
}
