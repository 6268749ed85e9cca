import { Controller, Get, Param, Query } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { OrderAggregate } from './order.aggregate.js';
import { orderListAggregate } from './order-list.aggregate.js';
import { OrderListView } from './order-list.view-model.js';
import { OrderView } from './order.view-model.js';
import { OrderListQuery, OrderParams } from './orders.input.js';

@Controller('api/orders')
@Scopes('shop.read')
export class OrdersController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly order: OrderAggregate,
  ) {}

  @Get()
  @Summary('The orders, newest first')
  @View(OrderListView)
  list(@Query() query: OrderListQuery, @Context() context: RequestContext) {
    return this.aggregator.run(orderListAggregate, query, context);
  }

  @Get(':id')
  @Summary('One order with its timeline and where the parcel is')
  @View(OrderView)
  read(@Param() { id }: OrderParams, @Context() context: RequestContext) {
    return this.aggregator.run(this.order.screen, { id }, context);
  }
}
