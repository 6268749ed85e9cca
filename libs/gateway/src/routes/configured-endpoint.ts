import type { Endpoint } from '@portico/core';
import type { RouteConditions } from '@portico/routing';

/** What a route or an aggregate of a file says of itself. */
export interface ConfiguredFacts {
  readonly name: string;
  readonly conditions: RouteConditions;
  readonly declared: ReadonlyMap<string, unknown>;
}

/** The endpoint that policies are compiled against for what a file declares: routes and aggregates alike. */
export function configuredEndpoint({ name, conditions, declared }: ConfiguredFacts): Endpoint {
  const [only] = conditions.methods.length === 1 ? conditions.methods : [];
  return { kind: 'route', name, method: only ?? '', path: conditions.path, declared: <T>(key: string) => declared.get(key) as T | undefined };
}
