import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import { HubEvents, HubRequest, View } from '@portico/gateway';
import { Call, Hub, HubMethod } from '@portico/realtime';
import { OrderAggregate } from '../orders/order.aggregate.js';
import { OrderView } from '../orders/order.view-model.js';
import { OrderParams } from '../orders/orders.input.js';
import { operatorScope } from '../operator/operator.js';
import { orderProgress, priceTicks, stockAlert } from './live-events.js';
import { operatorGroup, orderGroup } from './live-groups.js';

/** What the desktop program hears without asking: prices as they move, orders on their way and, for operators, all that happens. */
@Hub('desktop')
@Scopes('shop.read')
@HubEvents(priceTicks, orderProgress, stockAlert)
export class ShopHub {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly order: OrderAggregate,
  ) {}

  /** Answers with an order of the caller's, and tells of every station that it comes to from now on. */
  @HubMethod()
  @View(OrderView)
  async trackOrder({ id }: OrderParams, @Call() { context, connection }: HubRequest) {
    await this.aggregator.run(this.order.screen, { id }, context);
    await connection.join(orderGroup(id));
    // Read again: a station that it came to before the connection had joined would be missed.
    return this.aggregator.run(this.order.screen, { id }, context);
  }

  @HubMethod()
  untrackOrder({ id }: OrderParams, @Call() { connection }: HubRequest): void {
    connection.leave(orderGroup(id));
  }

  /** Tells of every order and of stock that runs out. A client that watches an order of its own besides hears of it twice. */
  @HubMethod()
  @Scopes(operatorScope)
  async watchShop(@Call() { connection }: HubRequest): Promise<void> {
    await connection.join(operatorGroup);
  }
}
