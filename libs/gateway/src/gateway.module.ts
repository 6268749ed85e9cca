import { Module, type DynamicModule, type ExceptionFilter } from '@nestjs/common';
import { APP_FILTER, DiscoveryModule } from '@nestjs/core';
import { Aggregator } from '@portico/aggregation';
import { ApiKeyVerifier, DpopVerifier, ServiceTokenSources, TokenVerifier } from '@portico/auth';
import { BackendClient } from '@portico/backend-client';
import { AnswerCache, CacheManagerPartCache, IdempotencyKeys, RouteCacheStore } from '@portico/caching';
import { systemClock, type Telemetry } from '@portico/core';
import type { InstanceSource } from '@portico/discovery';
import { ThrottlingModule } from '@portico/throttling';
import { GatewayConfig } from './gateway.config.js';
import { HttpServiceLoader } from './http-service-loader.js';
import type { GatewayDefinition } from './gateway-definition.js';
import { Hubs } from './hubs/hubs.js';
import { ClientIdentity } from './identity/client-identity.js';
import { clientKeyOf } from './identity/client-key-file.js';
import { serviceTokens } from './identity/service-tokens.js';
import { SharedState } from './identity/shared-state.js';
import type { SharedStores } from './shared-stores.js';
import { verifierDependencies } from './verifier-dependencies.js';

/** What a gateway has opened before its module is made. */
export interface OpenedParts {
  readonly telemetry: Telemetry;
  readonly problems: ExceptionFilter;
  readonly state: SharedState;
  readonly stores: SharedStores;
  /** Who knows the instances of the services that a registry finds. */
  readonly sources: ReadonlyMap<string, InstanceSource>;
  /** When it has started. */
  readonly settled: Promise<void> | undefined;
}

/** What every BFF has besides its own rooms: services to call, aggregates, limits, caches, verified callers. */
@Module({})
export class GatewayModule {
  static forRoot<C extends GatewayConfig>(definition: GatewayDefinition<C>, config: C, { telemetry, problems, state, stores, sources, settled }: OpenedParts): DynamicModule {
    const identity = new ClientIdentity(clientKeyOf(config.auth.clientKeyFile));
    const tokens = serviceTokens(config, identity);
    const client = new BackendClient(config.services, { telemetry, sources, settled, credentials: tokens?.credential, cache: new CacheManagerPartCache(stores.texts, systemClock) });
    return {
      module: GatewayModule,
      global: true,
      imports: [DiscoveryModule, ThrottlingModule.forRoot({ storage: stores.limits }), definition.module],
      providers: [
        // Here, and so before any filter of a team: Nest asks the first one last.
        { provide: APP_FILTER, useValue: problems },
        { provide: GatewayConfig, useValue: config },
        { provide: BackendClient, useValue: client },
        { provide: HttpServiceLoader, useValue: new HttpServiceLoader(client) },
        { provide: Aggregator, useValue: new Aggregator(client) },
        { provide: AnswerCache, useValue: new AnswerCache(stores.texts, systemClock) },
        { provide: RouteCacheStore, useValue: new RouteCacheStore(stores.routes, systemClock) },
        { provide: IdempotencyKeys, useValue: new IdempotencyKeys(stores.idempotency) },
        {
          provide: TokenVerifier,
          inject: [HttpServiceLoader],
          useFactory: (http: HttpServiceLoader) => new TokenVerifier(config.auth, { ...verifierDependencies(http), revocations: state.revocations }),
        },
        { provide: Hubs, useValue: new Hubs() },
        { provide: ClientIdentity, useValue: identity },
        // Null where services are called without tokens: Nest takes undefined for a mistake.
        { provide: ServiceTokenSources, useValue: tokens ?? null },
        { provide: SharedState, useValue: state },
        { provide: ApiKeyVerifier, useValue: state.apiKeys },
        { provide: DpopVerifier, useValue: new DpopVerifier(config.dpop, { clock: systemClock, replays: state.replays }) },
      ],
      exports: [GatewayConfig, BackendClient, Aggregator, AnswerCache, RouteCacheStore, IdempotencyKeys, TokenVerifier, HttpServiceLoader, Hubs, ClientIdentity, ServiceTokenSources, SharedState, DpopVerifier, ApiKeyVerifier],
    };
  }
}
