import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { ProductController } from './product.controller.js';
import { ShopService } from './shop.service.js';

@Module({ imports: [HttpModule], controllers: [ProductController], providers: [ShopService] })
export class AppModule {}
