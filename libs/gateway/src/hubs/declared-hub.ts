import type { INestApplication, Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { declaredAccess } from '@portico/auth';
import type { Endpoint } from '@portico/core';
import type { ViewModel } from '@portico/view-model';
import { hubMethodOf, hubNameOf, hubParametersOf, type HubConnection, type HubParameter } from '@portico/realtime';
import { viewKey } from '../operations/view.decorator.js';

/** What Nest makes of a class with `@Hub()`. */
export interface HubInstance {
  readonly connected?: (connection: HubConnection) => unknown;
  readonly disconnected?: (connection: HubConnection, error: Error | undefined) => unknown;
}

/** A method of a hub as its decorators declare it. */
export interface DeclaredMethod {
  readonly name: string;
  readonly streams: boolean;
  readonly parameters: readonly HubParameter[];
  /** Classes of the parameters as TypeScript emits them. */
  readonly types: readonly unknown[];
  /** What its answer is trimmed by; undefined when it answers nothing. */
  readonly view: ViewModel | undefined;
  readonly endpoint: Endpoint;
}

/** A hub as its class declares it. */
export interface DeclaredHub {
  readonly name: string;
  readonly type: Type<unknown>;
  readonly instance: HubInstance;
  readonly methods: readonly DeclaredMethod[];
  /** Of its negotiation. */
  readonly endpoint: Endpoint;
  /** Of a handshake that makes a connection without it: has its name, and so its limits. */
  readonly direct: Endpoint;
  /** As logs and metrics name what carries its connections. */
  readonly connectionName: string;
}

/**
 * Finds every hub of an application.
 * @throws Error that lists what keeps one from being served
 */
export function declaredHubs(app: INestApplication): readonly DeclaredHub[] {
  const providers = app.get(DiscoveryService, { strict: false }).getProviders();
  const hubs = providers.flatMap(({ metatype, instance }) => {
    const name = typeof metatype === 'function' ? hubNameOf(metatype) : undefined;
    return name === undefined ? [] : [declaredHub(name, metatype as Type<unknown>, instance as HubInstance)];
  });
  const faults = hubs.flatMap(({ name, type, endpoint, methods }, index) => [
    ...(hubs.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) === index ? [] : [`${type.name} has the name of another hub, ${name}`]),
    ...[endpoint, ...methods.map((method) => method.endpoint)].filter((each) => !declaredAccess(each)).map((each) => `${each.name} declares neither @Public() nor @Scopes(): say who may use it`),
  ]);
  if (faults.length > 0) throw new Error(`These hubs cannot be served:\n  ${faults.join('\n  ')}`);
  return hubs;
}

function declaredHub(name: string, type: Type<unknown>, instance: HubInstance): DeclaredHub {
  const prototype = type.prototype as Record<string, object>;
  const path = `/hubs/${name}`;
  const endpointOf = (kind: Endpoint['kind'], own: string, at: string, handler?: object): Endpoint => ({
    kind,
    name: `${type.name}.${own}`,
    method: kind === 'negotiation' ? 'POST' : '',
    path: at,
    declared: <T>(key: string) => ((handler && Reflect.getMetadata(key, handler)) ?? Reflect.getMetadata(key, type)) as T | undefined,
  });
  const methods = new MetadataScanner().getAllMethodNames(prototype).flatMap((method): DeclaredMethod[] => {
    const handler = prototype[method] as object;
    const declaration = hubMethodOf(handler);
    if (!declaration) return [];
    const types = (Reflect.getMetadata('design:paramtypes', prototype, method) ?? []) as unknown[];
    return [{ name: method, ...declaration, parameters: hubParametersOf(prototype, method), types, view: Reflect.getMetadata(viewKey, handler) as ViewModel | undefined, endpoint: endpointOf('invocation', method, `${path}#${method}`, handler) }];
  });
  return { name, type, instance, methods, endpoint: endpointOf('negotiation', 'negotiate', `${path}/negotiate`), direct: { ...endpointOf('negotiation', 'negotiate', path), method: 'GET' }, connectionName: `${type.name}.connection` };
}
