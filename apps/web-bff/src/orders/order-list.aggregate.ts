import { defineAggregate } from '@portico/aggregation';
import { listOrders } from '../services/ordering.service.js';
import { OrderListView } from './order-list.view-model.js';
import type { OrderListQuery } from './orders.input.js';

const pageSize = 20;

/** The caller's own orders. */
export const orderListAggregate = defineAggregate<OrderListQuery>('web.orders')
  .required('orders', ({ input, caller }) => listOrders({ query: { customerId: caller.id, limit: pageSize, offset: (input.page - 1) * pageSize } }))
  .shape(OrderListView, ({ input, orders }) => ({
    total: orders.total,
    page: input.page,
    pages: Math.ceil(orders.total / pageSize),
    items: orders.items.map((order) => ({ ...order, lineCount: order.lines.length })),
  }));
