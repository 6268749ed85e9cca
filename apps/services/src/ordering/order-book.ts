import { orderIds, trackingNumberOf } from '../data/order.factory.js';
import { orderProgress, type Order, type OrderStatus } from '../data/order.schema.js';
import type { ShopData } from '../data/shop-data.js';
import { EventFeed } from '../server/event-feed.js';

/** The parts of an order that the book itself decides. */
type Assigned = 'id' | 'number' | 'status' | 'placedAt' | 'timeline' | 'trackingNumber' | 'archived';

/** Why an order cannot be changed as asked. */
export type Refusal = 'already shipped' | 'already delivered' | 'already cancelled' | 'not finished';

/** All orders: those of the seed and those placed since. */
export class OrderBook {
  /** Each order as it is after it was placed or moved to another station. */
  readonly changes = new EventFeed<Order>();
  private book: Map<string, Order> | undefined;

  constructor(
    private readonly data: ShopData,
    private readonly now: () => Date,
  ) {}

  find(id: string): Order | undefined {
    return this.orders().get(id);
  }

  findByTrackingNumber(trackingNumber: string): Order | undefined {
    return this.list().find((order) => order.trackingNumber === trackingNumber);
  }

  /** All orders, newest first. */
  list(): Order[] {
    return [...this.orders().values()].reverse();
  }

  /** Enters a new order; its station is `placed`. */
  place(order: Omit<Order, Assigned>): Order {
    const at = this.now().toISOString();
    const ids = orderIds(this.orders().size + 1);
    return this.tell({ ...order, ...ids, status: 'placed', placedAt: at, timeline: [{ status: 'placed', at }], trackingNumber: null, archived: false });
  }

  /** Moves an order to its next station; a tracking number appears when it is shipped. */
  advance(order: Order): Order | Refusal {
    if (order.status === 'cancelled') return 'already cancelled';
    const next = orderProgress[orderProgress.indexOf(order.status) + 1];
    if (next === undefined) return 'already delivered';
    return this.move(next === 'shipped' ? { ...order, trackingNumber: trackingNumberOf(Number(order.id.slice(2))) } : order, next);
  }

  /** Cancels an order that has not left the house; cancelling twice changes nothing. */
  cancel(order: Order): Order | Refusal {
    if (order.status === 'shipped' || order.status === 'delivered') return `already ${order.status}`;
    return order.status === 'cancelled' ? order : this.move(order, 'cancelled');
  }

  /** Puts a delivered or cancelled order away. */
  archive(order: Order): Order | Refusal {
    if (order.status !== 'delivered' && order.status !== 'cancelled') return 'not finished';
    return this.keep({ ...order, archived: true });
  }

  private move(order: Order, status: OrderStatus): Order {
    return this.tell({ ...order, status, timeline: [...order.timeline, { status, at: this.now().toISOString() }] });
  }

  private tell(order: Order): Order {
    this.keep(order);
    this.changes.publish(order);
    return order;
  }

  private keep(order: Order): Order {
    this.orders().set(order.id, order);
    return order;
  }

  private orders(): Map<string, Order> {
    return (this.book ??= new Map(this.data.orders().map((order) => [order.id, order])));
  }
}
