import { Module } from '@nestjs/common';
import { AccountController } from './account/account.controller.js';
import { BasketController } from './basket/basket.controller.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { HomeController } from './home/home.controller.js';
import { ShopFeed } from './live/shop-feed.js';
import { ShopHub } from './live/shop.hub.js';
import { OrdersController } from './orders/orders.controller.js';
import { ProductsController } from './products/products.controller.js';

/** One room per screen of the mobile shop. */
@Module({
  controllers: [HomeController, ProductsController, BasketController, CheckoutController, OrdersController, AccountController],
  providers: [ShopHub, ShopFeed],
})
export class MobileModule {}
