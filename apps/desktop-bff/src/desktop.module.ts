import { Module } from '@nestjs/common';
import { AccountController } from './account/account.controller.js';
import { BasketController } from './basket/basket.controller.js';
import { CheckoutAggregate } from './checkout/checkout.aggregate.js';
import { CheckoutController } from './checkout/checkout.controller.js';
import { HomeController } from './home/home.controller.js';
import { ShopFeed } from './live/shop-feed.js';
import { ShopHub } from './live/shop.hub.js';
import { OrderAggregate } from './orders/order.aggregate.js';
import { OrdersController } from './orders/orders.controller.js';
import { ProductExport } from './products/product-export.js';
import { ProductTable } from './products/product-table.js';
import { ProductsController } from './products/products.controller.js';
import { ShippingService } from './services/shipping.service.js';

/** One room per screen of the desktop shop. */
@Module({
  controllers: [HomeController, ProductsController, BasketController, CheckoutController, OrdersController, AccountController],
  providers: [ShippingService, ProductTable, ProductExport, CheckoutAggregate, OrderAggregate, ShopHub, ShopFeed],
})
export class DesktopModule {}
