import { defineAggregate } from '@portico/aggregation';
import { changeOrders } from '../services/ordering.service.js';
import { OrderActionsView } from './order-actions.view-model.js';
import type { OrderActionInput } from './orders.input.js';

/** One change for many orders, in one call; one order's refusal leaves the others alone. */
export const orderActionsAggregate = defineAggregate<OrderActionInput>('desktop.order-actions')
  .required('changed', ({ input: { action, ids } }) => changeOrders({ body: { action, ids } }))
  .shape(OrderActionsView, ({ changed }) => ({ results: changed.results.map(({ id, ok, reason }) => ({ id, ok, reason: reason ?? null })) }));
