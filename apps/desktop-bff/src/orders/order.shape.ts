import type { ViewOf } from '@portico/view-model';
import type { Order } from '../services/ordering.service.js';
import type { TrackingEvent } from '../services/shipping.service.js';
import type { OrderView } from './order.view-model.js';

/** Shapes an order and what is known of its parcel. */
export function toOrderView(order: Order, tracking: readonly TrackingEvent[] | null): ViewOf<typeof OrderView> {
  return { ...order, tracking: tracking && [...tracking] };
}
