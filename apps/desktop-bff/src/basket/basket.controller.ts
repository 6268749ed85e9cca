import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { addLines, changeLine, removeLine } from '../services/basket.service.js';
import { basketAggregate } from './basket.aggregate.js';
import { AddItemsInput, ChangeItemInput, ItemParams } from './basket.input.js';
import { BasketView } from './basket.view-model.js';

@Controller('api/basket')
@Scopes('shop.write')
export class BasketController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Scopes('shop.read')
  @Summary('The basket')
  @View(BasketView)
  read(@Context() context: RequestContext) {
    return this.aggregator.run(basketAggregate, {}, context);
  }

  @Post('items')
  @HttpCode(200)
  @Summary('Puts up to 200 products into the basket, all or none')
  @View(BasketView)
  add(@Body() { lines }: AddItemsInput, @Context() context: RequestContext) {
    return this.aggregator.run(basketAggregate, { change: addLines({ params: { id: context.caller.id }, body: { lines } }) }, context);
  }

  @Patch('items/:productId')
  @Summary('Changes the quantity of a line')
  @View(BasketView)
  change(@Param() { productId }: ItemParams, @Body() { quantity }: ChangeItemInput, @Context() context: RequestContext) {
    return this.aggregator.run(basketAggregate, { change: changeLine({ params: { id: context.caller.id, productId }, body: { quantity } }) }, context);
  }

  @Delete('items/:productId')
  @Summary('Takes a line out of the basket')
  @View(BasketView)
  remove(@Param() { productId }: ItemParams, @Context() context: RequestContext) {
    return this.aggregator.run(basketAggregate, { change: removeLine({ params: { id: context.caller.id, productId } }) }, context);
  }
}
