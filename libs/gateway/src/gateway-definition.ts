import type { Type } from '@nestjs/common';
import type { ConfigClass } from '@portico/config';
import type { Resolve } from '@portico/core';
import type { Pipeline, PolicyClass } from '@portico/policies';
import type { GatewayConfig } from './gateway.config.js';
import type { IdentityEndpoint } from './identity/identity-endpoint.js';
import type { AggregatorClass } from './routes/aggregates/answer-aggregator.js';
import type { Page } from './system/page.js';

/** What makes one BFF: its name, its configuration, its Nest module and its pipeline. */
export interface GatewayDefinition<C extends GatewayConfig = GatewayConfig> {
  /** As in `web-bff`: names logs, metrics and the OpenAPI document. */
  readonly name: string;
  readonly config: ConfigClass<C>;
  /** The team's root module: its controllers, one room per screen. */
  readonly module: Type<unknown>;
  /** Files of configured routes, absolute and merged in their order; none by default. They are followed: a change counts without a new start. */
  readonly routeFiles?: readonly string[];
  /** The team's own policies, which its files and decorators may name besides the built-in ones. */
  readonly policies?: readonly PolicyClass[];
  /** The team's own makers of aggregates' answers, named by `@AggregatorType()`, which its files may name. See `AnswerAggregator` for an example. */
  readonly aggregators?: readonly AggregatorClass[];
  /** Endpoints by which its callers sign in and out; none by default. `resolve` finds what the module provides. */
  readonly identityEndpoints?: (resolve: Resolve, config: C) => readonly IdentityEndpoint[];
  /** Pages of the team, their scripts and styles among them; none by default. They are served as `/docs` is: to everybody, without limits, and they stand in no OpenAPI document. */
  readonly pages?: readonly Page[];
  /** The policies every request passes, in order. */
  readonly pipeline: (config: C) => Pipeline;
}
