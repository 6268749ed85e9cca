import type { Order } from '../data/order.schema.js';
import type { OrderSummary } from './ordering.schema.js';

/** Counts orders by where they stand and adds up what they bring in. */
export function summarizeOrders(orders: readonly Order[]): OrderSummary {
  const summary = { open: 0, shipped: 0, delivered: 0, cancelled: 0, revenueCents: 0 };
  for (const { status, totalCents } of orders) {
    summary[status === 'placed' || status === 'paid' || status === 'packed' ? 'open' : status] += 1;
    if (status !== 'cancelled') summary.revenueCents += totalCents;
  }
  return summary;
}
