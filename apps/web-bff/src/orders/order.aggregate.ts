import { Injectable } from '@nestjs/common';
import { defineAggregate, type Aggregate } from '@portico/aggregation';
import { PorticoError } from '@portico/core';
import type { ViewOf } from '@portico/view-model';
import { readOrder } from '../services/ordering.service.js';
import { ShippingService } from '../services/shipping.service.js';
import { toOrderView } from './order.shape.js';
import { OrderView } from './order.view-model.js';

/** One order of the caller, and where its parcel is. */
@Injectable()
export class OrderAggregate {
  readonly screen: Aggregate<{ readonly id: string }, ViewOf<typeof OrderView>>;

  constructor(shipping: ShippingService) {
    this.screen = defineAggregate<{ readonly id: string }>('web.order')
      .required('order', ({ input }) => readOrder({ params: { id: input.id } }))
      .optional('tracking', ({ order }) => shipping.track(order.trackingNumber ?? ''), {
        after: ['order'],
        when: ({ order, caller }) => order.trackingNumber !== null && order.customerId === caller.id,
      })
      .shape(OrderView, ({ order, tracking, caller }) => {
        // Somebody else's order does not exist: a 403 would tell that it does.
        if (order.customerId !== caller.id) throw new PorticoError('RESOURCE_NOT_FOUND');
        return toOrderView(order, tracking.ok ? tracking.value : null);
      });
  }
}
