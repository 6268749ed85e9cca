import { defineAggregate } from '@portico/aggregation';
import { toOrderView } from '../orders/order.shape.js';
import { OrderView } from '../orders/order.view-model.js';
import { readOrder } from '../services/ordering.service.js';

/** An order that was placed before, as the checkout answers it. */
export const placedOrderAggregate = defineAggregate<{ readonly id: string }>('desktop.placed-order')
  .required('order', ({ input }) => readOrder({ params: { id: input.id } }))
  .shape(OrderView, ({ order }) => toOrderView(order, null));
