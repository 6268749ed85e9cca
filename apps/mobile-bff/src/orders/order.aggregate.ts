import { defineAggregate } from '@portico/aggregation';
import { PorticoError } from '@portico/core';
import { readOrder } from '../services/ordering.service.js';
import { OrderView } from './order.view-model.js';

/** One order of the caller. */
export const orderAggregate = defineAggregate<{ readonly id: string }>('mobile.order')
  .required('order', ({ input }) => readOrder({ params: { id: input.id } }))
  .shape(OrderView, ({ order, caller }) => {
    // Somebody else's order does not exist: a 403 would tell that it does.
    if (order.customerId !== caller.id) throw new PorticoError('RESOURCE_NOT_FOUND');
    return order;
  });
