import type { Type } from '@nestjs/common';
import type { ConfigClass } from '@portico/config';
import type { Pipeline } from '@portico/policies';
import type { GatewayConfig } from './gateway.config.js';

/** What makes one BFF: its name, its configuration, its Nest module and its pipeline. */
export interface GatewayDefinition<C extends GatewayConfig = GatewayConfig> {
  /** As in `web-bff`: names logs, metrics and the OpenAPI document. */
  readonly name: string;
  readonly config: ConfigClass<C>;
  /** The team's root module: its controllers, one room per screen. */
  readonly module: Type<unknown>;
  /** The policies every request passes, in order. */
  readonly pipeline: (config: C) => Pipeline;
}
