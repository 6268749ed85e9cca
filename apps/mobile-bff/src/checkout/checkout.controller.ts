import { Body, Controller, Post } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import { IdempotencyKeys } from '@portico/caching';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import type { ViewOf } from '@portico/view-model';
import { CheckoutInput } from './checkout.input.js';
import { CheckoutView } from './checkout.view-model.js';
import { placedOrderAggregate } from './placed-order.aggregate.js';
import { placeOrderAggregate, placeOrderToFirstAddressAggregate } from './place-order.aggregate.js';

@Controller('api/checkout')
@Scopes('shop.write')
export class CheckoutController {
  constructor(
    private readonly aggregator: Aggregator,
    private readonly placed: IdempotencyKeys,
  ) {}

  @Post()
  @Summary('Places the order for what is in the basket, in one call')
  @View(CheckoutView)
  async place(@Body() input: CheckoutInput, @Context() context: RequestContext) {
    const key = this.placed.of(context);
    if (key === undefined) return this.#place(input, undefined, context);
    const known = await this.placed.find(context.caller, key);
    if (known !== undefined) return this.aggregator.run(placedOrderAggregate, { id: known }, context);
    const order = await this.#place(input, key, context);
    await this.placed.note(context.caller, key, order.id);
    return order;
  }

  #place({ addressId, ...input }: CheckoutInput, key: string | undefined, context: RequestContext): Promise<ViewOf<typeof CheckoutView>> {
    const wish = { ...input, idempotencyKey: key };
    // JSON clients write "none" as null, too.
    if (addressId == null) return this.aggregator.run(placeOrderToFirstAddressAggregate, wish, context);
    return this.aggregator.run(placeOrderAggregate, { ...wish, addressId }, context);
  }
}
