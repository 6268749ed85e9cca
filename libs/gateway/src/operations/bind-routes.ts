import { noEndpoint, type Endpoint, type Resolve } from '@portico/core';
import { declaredPolicies, policiesKey, PolicyScopes, type Pipeline, type PolicyRegistry } from '@portico/policies';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { AnswerWriter } from '../answers/answer-writer.js';
import { emptyWriter } from '../answers/empty.writer.js';
import { RowsWriter } from '../answers/rows.writer.js';
import { ViewWriter } from '../answers/view.writer.js';
import { deadlineKey } from './answer-within.decorator.js';
import type { Binding } from './binding.js';
import { MethodTable } from './method-table.js';
import { Operation } from './operation.js';
import type { RouteHost } from '../routes/route-host.js';

export interface RouteBinderOptions {
  readonly pipeline: Pipeline;
  readonly resolve: Resolve;
  readonly defaultDeadlineMs: number;
  /** Knows the policies that decorators may name. */
  readonly registry: PolicyRegistry;
}

/** Compiles what each endpoint needs when its route is made, so that a request finds all of it in one place. */
export class RouteBinder {
  /** Which methods each path takes. */
  readonly methods = new MethodTable();
  readonly #options: RouteBinderOptions;
  #nowhere: Binding | undefined;

  constructor(options: RouteBinderOptions) {
    this.#options = options;
  }

  /** What stands for addresses that nothing is bound to. */
  get nowhere(): Binding {
    return (this.#nowhere ??= this.#bind(noEndpoint, undefined, undefined));
  }

  /**
   * Binds every route that is registered from now on.
   * @throws Error for one that is neither an operation nor a system endpoint: it would be served without access check and view model
   */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      const config = (route.config ??= {}) as { binding?: Binding; operation?: Operation; system?: string; routes?: RouteHost };
      if (config.routes) return;
      if (!config.operation && config.system === undefined) throw new Error(`${[route.method].flat().join(',')} ${route.url} is no operation: declare it in a controller`);
      for (const method of [route.method].flat()) this.methods.add(method, route.url);
      config.binding ??= config.operation ? this.#bindOperation(config.operation, route) : this.#bindSystem(config.system as string, route);
    });
  }

  #bindOperation(operation: Operation, route: RouteOptions): Binding {
    const own = declaredPolicies(operation.controller, operation.handler);
    const effective = own.length > 0 ? new PolicyScopes(this.#options.registry).forOperation(own) : undefined;
    const bare = operation.endpoint([route.method].flat().join(','), route.url);
    const endpoint: Endpoint = { ...bare, declared: <T>(key: string) => (key === policiesKey ? (effective as T | undefined) : bare.declared<T>(key)) };
    return this.#bind(endpoint, writerOf(operation), operation.declared<number>(deadlineKey));
  }

  #bindSystem(name: string, route: RouteOptions): Binding {
    const method = [route.method].flat().join(',');
    return this.#bind({ kind: 'system', name, method, path: route.url, declared: () => undefined }, undefined, undefined);
  }

  #bind(endpoint: Endpoint, writer: AnswerWriter | undefined, deadlineMs = this.#options.defaultDeadlineMs): Binding {
    return { endpoint, pipeline: this.#options.pipeline.compile(endpoint, this.#options.resolve), deadlineMs, writer };
  }
}

function writerOf(operation: Operation): AnswerWriter {
  if (operation.view) return new ViewWriter(operation.view);
  return operation.rows ? new RowsWriter(operation.rows) : emptyWriter;
}
