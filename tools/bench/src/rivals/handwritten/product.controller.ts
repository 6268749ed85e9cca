import { Controller, Get, Param, ParseIntPipe, Query } from '@nestjs/common';
import { catchError, firstValueFrom, forkJoin, map, of, timeout } from 'rxjs';
import { ProductHeadDto } from './product-head.dto.js';
import { ProductListDto } from './product-list.dto.js';
import { ProductScreenDto } from './product-screen.dto.js';
import { ShopService } from './shop.service.js';

const deadlineMs = 300;

@Controller()
export class ProductController {
  constructor(private readonly shop: ShopService) {}

  @Get('w0/:id')
  head(@Param('id') id: string): Promise<ProductHeadDto> {
    return firstValueFrom(this.shop.product(id).pipe(map((product) => new ProductHeadDto(product))));
  }

  @Get(['w1/:id', 'w6/:id'])
  async screen(@Param('id') id: string): Promise<ProductScreenDto> {
    const { product, price, reviews } = await firstValueFrom(
      forkJoin({ product: this.shop.product(id), price: this.shop.price(id), reviews: this.shop.reviews(id) }),
    );
    return new ProductScreenDto(product, price, reviews);
  }

  @Get('w4/:id')
  async screenWithinDeadline(@Param('id') id: string): Promise<ProductScreenDto> {
    const optional = this.shop.reviews(id).pipe(
      timeout(deadlineMs),
      catchError(() => of(null)),
    );
    const { product, price, reviews } = await firstValueFrom(forkJoin({ product: this.shop.product(id), price: this.shop.price(id), reviews: optional }));
    return new ProductScreenDto(product, price, reviews);
  }

  @Get('w3')
  async list(@Query('offset', ParseIntPipe) offset: number): Promise<ProductListDto> {
    const page = await firstValueFrom(this.shop.products(20, offset));
    const prices = await firstValueFrom(this.shop.prices(page.items.map(({ id }) => id)));
    return new ProductListDto(page, prices.items);
  }
}
