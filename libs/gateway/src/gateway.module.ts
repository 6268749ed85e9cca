import { HttpModule, HttpService } from '@nestjs/axios';
import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Aggregator } from '@portico/aggregation';
import { TokenVerifier } from '@portico/auth';
import { BackendClient, createAxiosAdapter } from '@portico/backend-client';
import { AnswerCache, CacheManagerPartCache, createTextCache } from '@portico/caching';
import { systemClock, type Telemetry } from '@portico/core';
import { ThrottlingModule } from '@portico/throttling';
import { GatewayConfig } from './gateway.config.js';
import type { GatewayDefinition } from './gateway-definition.js';

/** What every BFF has besides its own rooms: services to call, aggregates, limits, caches, verified callers. */
@Module({})
export class GatewayModule {
  static forRoot<C extends GatewayConfig>(definition: GatewayDefinition<C>, config: C, telemetry: Telemetry): DynamicModule {
    const cache = createTextCache({ clock: systemClock, maxEntries: config.cache.maxEntries, maxBytes: config.cache.maxBytes });
    const client = new BackendClient(config.services, { telemetry, cache: new CacheManagerPartCache(cache, systemClock) });
    return {
      module: GatewayModule,
      global: true,
      imports: [DiscoveryModule, ThrottlingModule.forRoot(), HttpModule.register({ adapter: createAxiosAdapter(client) }), definition.module],
      providers: [
        { provide: GatewayConfig, useValue: config },
        { provide: BackendClient, useValue: client },
        { provide: Aggregator, useValue: new Aggregator(client) },
        { provide: AnswerCache, useValue: new AnswerCache(cache, systemClock) },
        {
          provide: TokenVerifier,
          inject: [HttpService],
          useFactory: (http: HttpService) =>
            new TokenVerifier(config.auth, { clock: systemClock, fetchJson: async (url) => (await http.axiosRef.get<unknown>(url)).data }),
        },
      ],
      exports: [GatewayConfig, BackendClient, Aggregator, AnswerCache, TokenVerifier, HttpModule],
    };
  }
}
