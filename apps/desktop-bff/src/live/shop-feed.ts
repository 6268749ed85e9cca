import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { BackendClient } from '@portico/backend-client';
import { systemClock } from '@portico/core';
import { Hubs } from '@portico/gateway';
import { NewestValues } from '@portico/realtime';
import { streamAlerts } from '../services/inventory.service.js';
import { streamOrders, type OrderProgress } from '../services/ordering.service.js';
import { streamPrices, type PriceTick } from '../services/pricing.service.js';
import { orderProgress, priceTicks, stockAlert } from './live-events.js';
import { operatorGroup, orderGroup } from './live-groups.js';
import { ShopHub } from './shop.hub.js';

/** Least time between two messages about prices, in ms. */
const priceIntervalMs = 100;

/** Feeds the hub with what the services tell. */
@Injectable()
export class ShopFeed implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #prices = new NewestValues<PriceTick>({
    clock: systemClock,
    intervalMs: priceIntervalMs,
    deliver: (ticks) => priceTicks.send(this.hubs.clientsHere(ShopHub).all, { ticks: [...ticks] }),
  });
  #followed: readonly { close(): void }[] = [];

  constructor(
    private readonly hubs: Hubs,
    private readonly client: BackendClient,
  ) {}

  onApplicationBootstrap(): void {
    this.#followed = [
      this.client.follow(streamPrices, { onEvent: (tick) => this.#prices.put(tick.productId, tick) }),
      this.client.follow(streamOrders, { onEvent: (progress) => this.#tell(progress) }),
      this.client.follow(streamAlerts, { onEvent: (alert) => stockAlert.send(this.hubs.clientsHere(ShopHub).group(operatorGroup), alert) }),
    ];
  }

  onModuleDestroy(): void {
    for (const followed of this.#followed) followed.close();
    this.#prices.close();
  }

  #tell(progress: OrderProgress): void {
    const clients = this.hubs.clientsHere(ShopHub);
    for (const group of [orderGroup(progress.orderId), operatorGroup]) orderProgress.send(clients.group(group), progress);
  }
}
