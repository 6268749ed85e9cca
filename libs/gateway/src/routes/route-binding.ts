import type { ServiceForwarder } from '@portico/backend-client';
import type { Endpoint } from '@portico/core';
import type { RouteTarget } from '@portico/routing';
import type { Binding } from '../operations/binding.js';
import type { RouteDefinition } from './route-definition.js';

/** All that is known of a configured route before the first request comes. */
export interface RouteBinding extends Binding {
  readonly definition: RouteDefinition;
  readonly target: RouteTarget;
  readonly forwarder: ServiceForwarder;
}

/** The endpoint that policies are compiled against for a route. */
export function routeEndpoint({ name, conditions, declared }: RouteDefinition): Endpoint {
  const [only] = conditions.methods.length === 1 ? conditions.methods : [];
  return { kind: 'route', name, method: only ?? '', path: conditions.path, declared: <T>(key: string) => declared.get(key) as T | undefined };
}
