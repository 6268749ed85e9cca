import { Controller, Get, Param } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { lastOrderAggregate } from './last-order.aggregate.js';
import { LastOrderView } from './last-order.view-model.js';
import { orderAggregate } from './order.aggregate.js';
import { OrderView } from './order.view-model.js';
import { OrderParams } from './orders.input.js';

@Controller('api/orders')
@Scopes('shop.read')
export class OrdersController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Summary('The last order and its status')
  @View(LastOrderView)
  last(@Context() context: RequestContext) {
    return this.aggregator.run(lastOrderAggregate, undefined, context);
  }

  @Get(':id')
  @Summary('One order: its status and its timeline')
  @View(OrderView)
  read(@Param() { id }: OrderParams, @Context() context: RequestContext) {
    return this.aggregator.run(orderAggregate, { id }, context);
  }
}
