import 'reflect-metadata';
import type { ConfigClass, DeepPartial } from '@portico/config';
import type { PolicyClass } from './configured-policy.js';
import { policyOptions } from './policy-options.js';
import { policyTypeOf } from './policy-type.decorator.js';

/** One `@UsePolicy()`. */
export interface DeclaredPolicy {
  readonly type: PolicyClass;
  /** Validated and frozen. */
  readonly options: object;
}

/** Key under which an endpoint declares its configured policies: for a bare operation the list of its `@UsePolicy()`, to the pipeline an `EffectivePolicies`. */
export const policiesKey = 'portico:policies';

/**
 * Uses a policy on an operation, or on every operation of a controller: those of the controller first, then those of the handler, each from top to bottom.
 * @throws ConfigurationError when the options are not valid, TypeError when the class has no `@PolicyType()`
 */
export function UsePolicy<O extends object>(type: PolicyClass<O>, options?: DeepPartial<O>): MethodDecorator & ClassDecorator {
  const declared: DeclaredPolicy = Object.freeze({ type, options: policyOptions(policyTypeOf(type).options as ConfigClass<O>, options) });
  return (target: object, _property?: string | symbol, descriptor?: PropertyDescriptor) => {
    const bearer: object = descriptor ? (descriptor.value as object) : target;
    // Decorators are applied from the last to the first.
    Reflect.defineMetadata(policiesKey, [declared, ...ownPolicies(bearer)], bearer);
  };
}

/** What `@UsePolicy()` declares on a controller (its bases first) and on one of its handlers, in the order in which it runs. */
export function declaredPolicies(controller: object, handler: object): readonly DeclaredPolicy[] {
  const chain: object[] = [];
  for (let type: object | null = controller; type !== null && type !== Function.prototype; type = Object.getPrototypeOf(type) as object | null) chain.unshift(type);
  return [...chain, handler].flatMap(ownPolicies);
}

function ownPolicies(bearer: object): readonly DeclaredPolicy[] {
  return (Reflect.getOwnMetadata(policiesKey, bearer) as readonly DeclaredPolicy[] | undefined) ?? [];
}
