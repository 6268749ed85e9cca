import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { assertOperator, operatorScope } from '../operator/operator.js';
import { OrderAggregate } from './order.aggregate.js';
import { orderActionsAggregate } from './order-actions.aggregate.js';
import { OrderActionsView } from './order-actions.view-model.js';
import { orderListAggregate } from './order-list.aggregate.js';
import { OrderListView } from './order-list.view-model.js';
import { OrderView } from './order.view-model.js';
import { OrderActionInput, OrderListQuery, OrderParams } from './orders.input.js';

@Controller('api/orders')
@Scopes('shop.read')
export class OrdersController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly order: OrderAggregate,
  ) {}

  @Get()
  @Summary('The order table, newest first; everybody’s for operators')
  @View(OrderListView)
  list(@Query() query: OrderListQuery, @Context() context: RequestContext) {
    if (query.scope === 'all') assertOperator(context.caller);
    return this.aggregator.run(orderListAggregate, query, context);
  }

  @Get(':id')
  @Summary('One order with its timeline and where the parcel is')
  @View(OrderView)
  read(@Param() { id }: OrderParams, @Context() context: RequestContext) {
    return this.aggregator.run(this.order.screen, { id }, context);
  }

  @Post('actions')
  @HttpCode(200)
  @Scopes(operatorScope)
  @Summary('Cancels or archives up to 200 orders at once')
  @View(OrderActionsView)
  act(@Body() input: OrderActionInput, @Context() context: RequestContext) {
    return this.aggregator.run(orderActionsAggregate, input, context);
  }
}
