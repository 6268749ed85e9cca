import { Module } from '@nestjs/common';
import { WebSessionModule } from '@portico/gateway';
import { AccountController } from './account/account.controller.js';
import { BasketController } from './basket/basket.controller.js';
import { CheckoutAggregate } from './checkout/checkout.aggregate.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { HomeController } from './home/home.controller.js';
import { ShopFeed } from './live/shop-feed.js';
import { ShopHub } from './live/shop.hub.js';
import { OrderAggregate } from './orders/order.aggregate.js';
import { OrdersController } from './orders/orders.controller.js';
import { ProductsController } from './products/products.controller.js';
import { ShippingService } from './services/shipping.service.js';

/** One room per screen of the web shop. */
@Module({
  imports: [WebSessionModule.forRoot()],
  controllers: [HomeController, ProductsController, BasketController, CheckoutController, OrdersController, AccountController],
  providers: [ShippingService, CheckoutAggregate, OrderAggregate, ShopHub, ShopFeed],
})
export class WebModule {}
