import type { INestApplication } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Operation } from './operation.js';
import { operationFaults } from './operation-faults.js';
import { sharedFaults } from './shared-faults.js';

/** Fastify's route config of an operation, until it is bound. */
export interface OperationRouteConfig {
  readonly operation: Operation;
}

/**
 * Finds every operation of the application and hangs it on the route that Nest will make of it. Called between `NestFactory.create` and `init`.
 * @throws Error that lists every operation which must not be served, and why
 */
export function declareOperations(app: INestApplication): void {
  const scanner = new MetadataScanner();
  const operations = app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as Operation['controller'];
      return scanner
        .getAllMethodNames(controller.prototype as object)
        .map((name) => new Operation(controller, name))
        .filter((operation) => Reflect.hasMetadata(METHOD_METADATA, operation.handler));
    });
  const faults = [...operations.flatMap((operation) => operationFaults(operation).map((fault) => `${operation.name} ${fault}`)), ...sharedFaults(operations)];
  if (faults.length > 0) throw new Error(`These operations cannot be served:\n  ${faults.join('\n  ')}`);
  for (const operation of operations) {
    const config: OperationRouteConfig = { operation };
    RouteConfig(config)(operation.controller.prototype as object, operation.methodName, { value: operation.handler });
  }
}
