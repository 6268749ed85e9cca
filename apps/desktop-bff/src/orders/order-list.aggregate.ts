import { defineAggregate } from '@portico/aggregation';
import { listOrders } from '../services/ordering.service.js';
import { OrderListView } from './order-list.view-model.js';
import type { OrderListQuery } from './orders.input.js';

/** The order table: the caller's own orders, or everybody's. Whether the caller may see those is decided before. */
export const orderListAggregate = defineAggregate<OrderListQuery>('desktop.orders')
  .required('orders', ({ input: { scope, status, archived, limit, offset }, caller }) =>
    listOrders({ query: { customerId: scope === 'mine' ? caller.id : undefined, status, archived, limit, offset } }),
  )
  .shape(OrderListView, ({ input: { limit, offset }, orders }) => ({
    total: orders.total,
    limit,
    offset,
    items: orders.items.map((order) => ({
      ...order,
      lineCount: order.lines.length,
      pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    })),
  }));
