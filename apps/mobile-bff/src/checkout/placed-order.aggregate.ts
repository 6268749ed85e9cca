import { defineAggregate } from '@portico/aggregation';
import { readOrder } from '../services/ordering.service.js';
import { CheckoutView } from './checkout.view-model.js';

/** An order that was placed before, as the checkout answers it. */
export const placedOrderAggregate = defineAggregate<{ readonly id: string }>('mobile.placed-order')
  .required('order', ({ input }) => readOrder({ params: { id: input.id } }))
  .shape(CheckoutView, ({ order }) => order);
