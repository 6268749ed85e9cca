import { Body, Controller, Get, Patch } from '@nestjs/common';
import { Aggregator } from '@portico/aggregation';
import { Scopes } from '@portico/auth';
import type { RequestContext } from '@portico/core';
import { Context, Summary, View } from '@portico/gateway';
import { changeCustomer } from '../services/customers.service.js';
import { accountAggregate } from './account.aggregate.js';
import { assertChange, ChangeAccountInput } from './account.input.js';
import { AccountView } from './account.view-model.js';

@Controller('api/account')
export class AccountController {
  constructor(private readonly aggregator: Aggregator) {}

  @Get()
  @Scopes('shop.read')
  @Summary('The account')
  @View(AccountView)
  read(@Context() context: RequestContext) {
    return this.aggregator.run(accountAggregate, {}, context);
  }

  @Patch()
  @Scopes('shop.write')
  @Summary('Changes the account; what is absent stays')
  @View(AccountView)
  change(@Body() body: ChangeAccountInput, @Context() context: RequestContext) {
    assertChange(body);
    return this.aggregator.run(accountAggregate, { change: changeCustomer({ params: { id: context.caller.id }, body }) }, context);
  }
}
