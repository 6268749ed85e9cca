import { Controller, Get } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { homeAggregate } from './home.aggregate.js';
import { HomeView } from './home.view-model.js';

@Controller('api/home')
@Scopes('shop.read')
export class HomeController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Summary('The first screen of the mobile shop')
  @View(HomeView)
  read(@Context() context: RequestContext) {
    return this.aggregator.run(homeAggregate, undefined, context);
  }
}
