import { Controller, Get, Param, Query } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import { CacheFor } from '@portico/caching';
import type { RequestContext } from '@portico/core';
import { AnswerWithin, Context, View } from '@portico/gateway';
import { Matches, IsInt, Min } from 'class-validator';
import { listAggregate, productAggregate, smallAggregate } from './aggregates.js';
import { ListView, ProductView, SmallView } from './views.js';

class ProductParams {
  @Matches(/^p-\d+$/)
  id!: string;
}

class ListQuery {
  @IsInt()
  @Min(0)
  offset: number = 0;
}

@Controller()
@Scopes('shop.read')
export class BenchController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get('w0/:id')
  @View(SmallView)
  small(@Param() { id }: ProductParams, @Context() context: RequestContext) {
    return this.aggregator.run(smallAggregate, { id }, context);
  }

  @Get('w1/:id')
  @View(ProductView)
  product(@Param() { id }: ProductParams, @Context() context: RequestContext) {
    return this.aggregator.run(productAggregate, { id }, context);
  }

  @Get('w3')
  @View(ListView)
  list(@Query() { offset }: ListQuery, @Context() context: RequestContext) {
    return this.aggregator.run(listAggregate, { offset }, context);
  }

  @Get('w4/:id')
  @View(ProductView)
  @AnswerWithin(300)
  degraded(@Param() { id }: ProductParams, @Context() context: RequestContext) {
    return this.aggregator.run(productAggregate, { id }, context);
  }

  @Get('w6/:id')
  @CacheFor({ maxAgeMs: 1_000, by: 'everyone' })
  @View(ProductView)
  hot(@Param() { id }: ProductParams, @Context() context: RequestContext) {
    return this.aggregator.run(productAggregate, { id }, context);
  }
}
