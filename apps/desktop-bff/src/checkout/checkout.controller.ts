import { Body, Controller, Get, Post } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import { IdempotencyKeys } from '@portico/caching';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { OrderView } from '../orders/order.view-model.js';
import { CheckoutAggregate } from './checkout.aggregate.js';
import { CheckoutInput } from './checkout.input.js';
import { CheckoutView } from './checkout.view-model.js';
import { placedOrderAggregate } from './placed-order.aggregate.js';
import { placeOrderAggregate } from './place-order.aggregate.js';

@Controller('api/checkout')
export class CheckoutController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly checkout: CheckoutAggregate,
    private readonly placed: IdempotencyKeys,
  ) {}

  @Get()
  @Scopes('shop.read')
  @Summary('What is to be decided before an order is placed')
  @View(CheckoutView)
  read(@Context() context: RequestContext) {
    return this.aggregator.run(this.checkout.screen, undefined, context);
  }

  @Post()
  @Scopes('shop.write')
  @Summary('Places the order for what is in the basket')
  @View(OrderView)
  async place(@Body() input: CheckoutInput, @Context() context: RequestContext) {
    const key = this.placed.of(context);
    const known = key && (await this.placed.find(context.caller, key));
    if (known) return this.aggregator.run(placedOrderAggregate, { id: known }, context);
    const order = await this.aggregator.run(placeOrderAggregate, { ...input, idempotencyKey: key }, context);
    if (key) await this.placed.note(context.caller, key, order.id);
    return order;
  }
}
