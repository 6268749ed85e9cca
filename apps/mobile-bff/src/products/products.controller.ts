import { Controller, Get, Param, Query } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Public } from '@portico/auth';
import { CacheFor } from '@portico/caching';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { Matches } from 'class-validator';
import { ImageQuery } from './image.query.js';
import { productAggregate } from './product.aggregate.js';
import { productListAggregate } from './product-list.aggregate.js';
import { ProductListQuery } from './product-list.query.js';
import { ProductListView } from './product-list.view-model.js';
import { ProductView } from './product.view-model.js';

class ProductParams {
  @Matches(/^[\w-]{1,40}$/)
  id!: string;
}

@Controller('api/products')
@Public()
@CacheFor({ maxAgeMs: 10_000, by: 'everyone' })
export class ProductsController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Summary('Ten products and a cursor to the next ten')
  @View(ProductListView)
  list(@Query() query: ProductListQuery, @Context() context: RequestContext) {
    return this.aggregator.run(productListAggregate, query, context);
  }

  @Get(':id')
  @Summary('One product with price, stock and three lines of reviews')
  @View(ProductView)
  read(@Param() { id }: ProductParams, @Query() { imageWidth }: ImageQuery, @Context() context: RequestContext) {
    return this.aggregator.run(productAggregate, { id, imageWidth }, context);
  }
}
