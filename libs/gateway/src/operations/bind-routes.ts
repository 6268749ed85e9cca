import { noEndpoint, type Endpoint, type Resolve } from '@portico/core';
import { assertAccessDeclared } from '@portico/auth';
import type { Pipeline } from '@portico/policies';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { AnswerWriter } from '../answers/answer-writer.js';
import { emptyWriter } from '../answers/empty.writer.js';
import { RowsWriter } from '../answers/rows.writer.js';
import { ViewWriter } from '../answers/view.writer.js';
import { deadlineKey } from './answer-within.decorator.js';
import type { Binding } from './binding.js';
import { MethodTable } from './method-table.js';
import { Operation } from './operation.js';

export interface RouteBinderOptions {
  readonly pipeline: Pipeline;
  readonly resolve: Resolve;
  readonly defaultDeadlineMs: number;
}

/** Compiles what each endpoint needs when its route is made, so that a request finds all of it in one place. */
export class RouteBinder {
  /** Which methods each path takes. */
  readonly methods = new MethodTable();
  /** Every endpoint bound so far. */
  readonly endpoints: Endpoint[] = [];
  readonly #options: RouteBinderOptions;
  readonly #nowhere: Binding;

  constructor(options: RouteBinderOptions) {
    this.#options = options;
    this.#nowhere = this.#bind(noEndpoint, undefined, undefined);
  }

  /** What stands for addresses that nothing is bound to. */
  get nowhere(): Binding {
    return this.#nowhere;
  }

  /** Binds every route that is registered from now on. */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      for (const method of [route.method].flat()) this.methods.add(method, route.url);
      const config = (route.config ??= {}) as { binding?: Binding; operation?: Operation; system?: string };
      config.binding ??= config.operation ? this.#bindOperation(config.operation, route) : this.#bindSystem(config.system, route);
    });
  }

  #bindOperation(operation: Operation, route: RouteOptions): Binding {
    const endpoint = operation.endpoint([route.method].flat().join(','), route.url);
    assertAccessDeclared(endpoint);
    this.endpoints.push(endpoint);
    return this.#bind(endpoint, writerOf(operation), operation.declared<number>(deadlineKey));
  }

  #bindSystem(name: string | undefined, route: RouteOptions): Binding {
    const method = [route.method].flat().join(',');
    return this.#bind({ kind: 'system', name: name ?? route.url, method, path: route.url, declared: () => undefined }, undefined, undefined);
  }

  #bind(endpoint: Endpoint, writer: AnswerWriter | undefined, deadlineMs = this.#options.defaultDeadlineMs): Binding {
    return { endpoint, pipeline: this.#options.pipeline.compile(endpoint, this.#options.resolve), deadlineMs, writer };
  }
}

function writerOf(operation: Operation): AnswerWriter {
  if (operation.view) return new ViewWriter(operation.view);
  return operation.rows ? new RowsWriter(operation.rows) : emptyWriter;
}
