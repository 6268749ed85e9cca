import { Controller, Get } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { accountAggregate } from './account.aggregate.js';
import { AccountView } from './account.view-model.js';

@Controller('api/account')
@Scopes('shop.read')
export class AccountController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Summary('The account')
  @View(AccountView)
  read(@Context() context: RequestContext) {
    return this.aggregator.run(accountAggregate, undefined, context);
  }
}
