import type { Endpoint } from '@portico/core';
import { declaredPolicies, placeholdersKey, policiesKey } from '@portico/policies';
import type { Binding } from './binding.js';
import type { Operation } from './operation.js';
import type { OperationScope } from './operation-scope.js';

/** What hangs on a route of Fastify's: the binding that the next request takes. Those under way end with the one that they began with. */
export interface Bound {
  readonly binding: Binding;
  /** What a handshake takes that makes a connection to a hub without negotiation; missing where none may. */
  readonly direct?: Binding;
}

/** An operation at its place in Fastify's router. Its binding is replaced when the gateway's policies change. */
export class BoundOperation implements Bound {
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  binding!: Binding;

  constructor(operation: Operation, method: string, path: string) {
    this.operation = operation;
    this.method = method;
    this.path = path;
  }

  /** What policies are compiled against: what its decorators say, and within the gateway's own policies those of `@UsePolicy()`. */
  endpoint(scope: OperationScope): Endpoint {
    const { controller, handler } = this.operation;
    const bare = this.operation.endpoint(this.method, this.path);
    const merged = new Map<string, unknown>([
      [policiesKey, scope.policies.forOperation(declaredPolicies(controller, handler))],
      [placeholdersKey, scope.placeholders],
    ]);
    return { ...bare, declared: <T>(key: string) => (merged.has(key) ? (merged.get(key) as T) : bare.declared<T>(key)) };
  }
}
