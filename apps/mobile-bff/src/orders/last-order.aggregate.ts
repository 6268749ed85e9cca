import { defineAggregate } from '@portico/aggregation';
import { listOrders } from '../services/ordering.service.js';
import { LastOrderView } from './last-order.view-model.js';

/** The newest of the caller's own orders. */
export const lastOrderAggregate = defineAggregate('mobile.last-order')
  .required('orders', ({ caller }) => listOrders({ query: { customerId: caller.id, limit: 1 } }))
  .shape(LastOrderView, ({ orders }) => ({ order: orders.items[0] ?? null }));
