import { Aggregator } from '@portico/aggregation';
import { Public, Scopes } from '@portico/auth';
import { HubEvents, HubRequest, View } from '@portico/gateway';
import { Call, Hub, HubMethod } from '@portico/realtime';
import { orderAggregate } from '../orders/order.aggregate.js';
import { OrderView } from '../orders/order.view-model.js';
import { OrderParams } from '../orders/orders.input.js';
import { orderProgress, priceTicks } from './live-events.js';
import { orderGroup } from './order-group.js';

/** What the mobile app hears without asking: prices as they move, and its orders on their way. */
@Hub('mobile')
@Public()
@HubEvents(priceTicks, orderProgress)
export class ShopHub {
  constructor(private readonly aggregator: Aggregator) {}

  /** Answers with an order of the caller's, and tells of every station that it comes to from now on. */
  @HubMethod()
  @Scopes('shop.read')
  @View(OrderView)
  async trackOrder({ id }: OrderParams, @Call() { context, connection }: HubRequest) {
    await this.aggregator.run(orderAggregate, { id }, context);
    await connection.join(orderGroup(id));
    // Read again: a station that it came to before the connection had joined would be missed.
    return this.aggregator.run(orderAggregate, { id }, context);
  }

  @HubMethod()
  @Scopes('shop.read')
  untrackOrder({ id }: OrderParams, @Call() { connection }: HubRequest): void {
    connection.leave(orderGroup(id));
  }
}
