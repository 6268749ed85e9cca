import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { Operation } from './operation.js';

/** One argument of a handler that a parameter decorator fills. */
export interface HandlerArgument {
  /** Nest's `RouteParamtypes`; NaN for a custom decorator. */
  readonly kind: number;
  /** Name of the one field that is taken, as in `@Query('page')`; undefined for all of them. */
  readonly field: unknown;
  /** Class of the argument as TypeScript emits it. */
  readonly type: unknown;
}

/** The decorated arguments of an operation's handler, in their order. */
export function handlerArguments({ controller, methodName }: Operation): HandlerArgument[] {
  const args = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, methodName) ?? {}) as Record<string, { index: number; data?: unknown }>;
  const types = (Reflect.getMetadata('design:paramtypes', controller.prototype as object, methodName) ?? []) as unknown[];
  return Object.entries(args)
    .sort(([, a], [, b]) => a.index - b.index)
    .map(([key, { index, data }]) => ({ kind: Number(key.split(':', 1)[0]), field: data, type: types[index] }));
}
