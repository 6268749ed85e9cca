import { Injectable } from '@nestjs/common';
import { defineAggregate, type Aggregate } from '@portico/aggregation';
import { PorticoError, type Caller } from '@portico/core';
import type { ViewOf } from '@portico/view-model';
import { isOperator } from '../operator/operator.js';
import { readOrder, type Order } from '../services/ordering.service.js';
import { ShippingService } from '../services/shipping.service.js';
import { toOrderView } from './order.shape.js';
import { OrderView } from './order.view-model.js';

function maySee(caller: Caller, order: Order): boolean {
  return order.customerId === caller.id || isOperator(caller);
}

/** One order of the caller, or any for an operator, and where its parcel is. */
@Injectable()
export class OrderAggregate {
  readonly screen: Aggregate<{ readonly id: string }, ViewOf<typeof OrderView>>;

  constructor(shipping: ShippingService) {
    this.screen = defineAggregate<{ readonly id: string }>('desktop.order')
      .required('order', ({ input }) => readOrder({ params: { id: input.id } }))
      .optional('tracking', ({ order }) => shipping.track(order.trackingNumber ?? ''), {
        after: ['order'],
        when: ({ order, caller }) => order.trackingNumber !== null && maySee(caller, order),
      })
      .shape(OrderView, ({ order, tracking, caller }) => {
        // Somebody else's order does not exist: a 403 would tell that it does.
        if (!maySee(caller, order)) throw new PorticoError('RESOURCE_NOT_FOUND');
        return toOrderView(order, tracking.ok ? tracking.value : null);
      });
  }
}
