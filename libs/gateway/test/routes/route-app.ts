import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ForwardingRules } from '@portico/policies';
import type { RouteConditions } from '@portico/routing';
import { serviceAt } from '../../src/gateway.config.js';
import type { RouteDefinition, RouteSettings } from '../../src/routes/route-definition.js';
import { startApp, type AppParts, type TestApp } from '../start-app.js';

/** A service of a test, and the requests that it got. */
export interface StubService {
  readonly origin: string;
  readonly server: Server;
  readonly seen: IncomingMessage[];
  close(): void;
}

export async function stubService(listener: RequestListener = (_, response) => response.end('fine')): Promise<StubService> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, seen, close };
}

export interface RouteParts extends Partial<Omit<RouteDefinition, 'conditions' | 'to' | 'declared'>> {
  readonly match: Partial<RouteConditions> & { readonly path: string };
  readonly to?: Partial<RouteDefinition['to']>;
  readonly declared?: Readonly<Record<string, unknown>>;
}

/** A route to the service `shop`, under its own path and open to everybody, unless something else is said. */
export function routeOf({ match, to, declared = {}, ...rest }: RouteParts): RouteDefinition {
  return {
    name: match.path,
    conditions: { methods: [], host: '', headers: {}, query: {}, caseSensitive: true, trailingSlash: 'exact', priority: 0, ...match },
    to: { service: 'shop', member: '', path: match.path.replace('*}', '}'), method: '', host: 'service', publicAddress: undefined, query: 'keep', omit: 'used', trailingSlash: 'template', ...to },
    declared: new Map(Object.entries({ 'portico:access': { public: true }, ...declared })),
    websocket: false,
    origins: [],
    timeoutMs: undefined,
    idleTimeoutMs: 10_000,
    maxBodyBytes: 1_000_000,
    forwarding: new ForwardingRules(),
    resilience: undefined,
    ...rest,
  };
}

export interface RouteAppParts extends Omit<AppParts, 'routes'> {
  readonly routes: readonly RouteParts[];
  readonly settings?: Partial<RouteSettings>;
  readonly shop: string;
}

/** A gateway with configured routes. */
export function startRouteApp({ routes, settings, shop, overrides = {}, ...parts }: RouteAppParts): Promise<TestApp> {
  return startApp({
    ...parts,
    overrides: { services: { shop: { ...serviceAt(shop), maxAttempts: 1 } }, ...overrides },
    routes: { routes: routes.map(routeOf), settings: { wrongMethodStatus: 405, timeoutStatus: 504, unreachableStatus: 503, ...settings }, services: {}, issuers: {} },
  });
}
