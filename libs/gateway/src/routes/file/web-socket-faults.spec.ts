import { RouteCacheOptions } from '@portico/caching';
import { GraphqlOptions } from '@portico/policies';
import { describe, expect, it } from 'vitest';
import { RouteConfig } from './gateway-file.js';
import { webSocketFaults } from './web-socket-faults.js';

const faultsOf = (route: Partial<RouteConfig>) => webSocketFaults(Object.assign(new RouteConfig(), route), 'routes.chat').map(({ path }) => path);

describe('a route with WebSockets', () => {
  it('keeps no answers and bounds no GraphQL, which nobody would look at', () => {
    expect(faultsOf({ websocket: true, origins: ['*'] })).toEqual([]);
    expect(faultsOf({ websocket: true, cache: new RouteCacheOptions(), graphql: new GraphqlOptions() })).toEqual(['routes.chat.cache', 'routes.chat.graphql']);
  });

  it('is the only one that may name origins', () => {
    expect(faultsOf({ cache: new RouteCacheOptions(), graphql: new GraphqlOptions() })).toEqual([]);
    expect(faultsOf({ origins: ['https://shop.example'] })).toEqual(['routes.chat.origins']);
  });
});
