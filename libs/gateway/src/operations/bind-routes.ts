import { assertApiKeyChecked } from '@portico/auth';
import { ConfigurationError, isConfigurationError, type ConfigurationFault } from '@portico/config';
import { noEndpoint, type Endpoint, type Resolve } from '@portico/core';
import { Placeholders, PolicyScopes, type Pipeline, type PolicyRegistry } from '@portico/policies';
import type { FastifyInstance, RouteOptions } from 'fastify';
import type { AnswerWriter } from '../answers/answer-writer.js';
import { emptyWriter } from '../answers/empty.writer.js';
import { RowsWriter } from '../answers/rows.writer.js';
import { ViewWriter } from '../answers/view.writer.js';
import { deadlineKey } from './answer-within.decorator.js';
import type { Binding } from './binding.js';
import type { BoundHub } from './bound-hub.js';
import { BoundOperation, type Bound } from './bound-operation.js';
import { MethodTable } from './method-table.js';
import { Operation } from './operation.js';
import type { OperationScope } from './operation-scope.js';
import type { HubRoute } from '../hubs/install-hubs.js';
import type { IdentityEndpoint } from '../identity/identity-endpoint.js';
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
  readonly #operations: BoundOperation[] = [];
  readonly #hubs: BoundHub[] = [];
  /** Of hubs: negotiations, connections and methods. */
  readonly #hubBindings: Binding[] = [];
  #scope: OperationScope;
  #nowhere: Binding | undefined;

  constructor(options: RouteBinderOptions) {
    this.#options = options;
    this.#scope = { policies: new PolicyScopes(options.registry), placeholders: new Placeholders() };
  }

  /** What stands for addresses that nothing is bound to. */
  get nowhere(): Binding {
    return (this.#nowhere ??= this.#bind(noEndpoint, undefined, undefined));
  }

  /** Every operation that is bound by now. */
  get operations(): readonly BoundOperation[] {
    return this.#operations;
  }

  /** Every hub that is bound by now. */
  get hubs(): readonly BoundHub[] {
    return this.#hubs;
  }

  /** What a hub has for a method under a path; for a call it is asked with INVOKE and `/hubs/<name>#<method>`, as logs name it. */
  hubBinding(method: string, path: string): Binding | undefined {
    return this.#hubBindings.find(({ endpoint }) => endpoint.path === path && (endpoint.method || 'INVOKE').split(',').includes(method));
  }

  /** The operation that is registered for a method under a path template, as far as it is bound by now. */
  operation(method: string, path: string): BoundOperation | undefined {
    return this.#operations.find((bound) => bound.path === path && bound.method.split(',').includes(method));
  }

  /**
   * Compiles every operation for other policies of the whole gateway.
   * @returns what makes them count, for those that are bound by now and those to come
   * @throws ConfigurationError listing every fault; then nothing has changed
   */
  rescope(scope: OperationScope): () => void {
    const faults: ConfigurationFault[] = [];
    const compiled = this.#operations.flatMap((bound) => {
      try {
        return [{ bound, binding: this.#compile(bound, scope) }];
      } catch (error) {
        if (!isConfigurationError(error)) throw error;
        faults.push(...error.faults);
        return [];
      }
    });
    if (faults.length > 0) throw new ConfigurationError(faults);
    return () => {
      this.#scope = scope;
      for (const { bound, binding } of compiled) bound.binding = binding;
    };
  }

  /**
   * Binds every route that is registered from now on.
   * @throws Error for one that is neither an operation nor a system endpoint: it would be served without access check and view model
   */
  install(fastify: FastifyInstance): void {
    fastify.addHook('onRoute', (route) => {
      const config = (route.config ??= {}) as { bound?: Bound; operation?: Operation; system?: string; identity?: IdentityEndpoint; hub?: HubRoute; routes?: RouteHost };
      if (config.routes) return;
      if (!config.operation && !config.identity && !config.hub && config.system === undefined) throw new Error(`${[route.method].flat().join(',')} ${route.url} is no operation: declare it in a controller`);
      for (const method of [route.method].flat()) this.methods.add(method, route.url);
      config.bound ??= config.operation
        ? this.#bindOperation(config.operation, route)
        : { binding: this.#bindRoute(config, route), ...this.#bindDirect(config.hub) };
    });
  }

  /** Compiles what an endpoint of a hub needs. */
  bindHub(endpoint: Endpoint): Binding {
    return this.#noted(this.#bind(endpoint, undefined, undefined));
  }

  #noted(binding: Binding): Binding {
    this.#hubBindings.push(binding);
    return binding;
  }

  #bindRoute({ identity, hub, system = '' }: { identity?: IdentityEndpoint; hub?: HubRoute; system?: string }, route: RouteOptions): Binding {
    if (hub?.kind === 'negotiation') {
      const { declared } = hub.host;
      const binding = this.bindHub(declared.endpoint);
      this.#hubs.push({ declared, binding });
      return binding;
    }
    if (hub) return this.#noted(this.#bindOther('connection', hub.host.declared.connectionName, route));
    return identity ? this.#bindOther('identity', identity.name, route) : this.#bindOther('system', system, route);
  }

  #bindDirect(hub: HubRoute | undefined): Pick<Bound, 'direct'> {
    return hub?.kind === 'connection' && hub.host.takesDirect ? { direct: this.#bind(hub.host.declared.direct, undefined, undefined) } : {};
  }

  #bindOperation(operation: Operation, route: RouteOptions): Bound {
    const bound = new BoundOperation(operation, [route.method].flat().join(','), route.url);
    bound.binding = this.#compile(bound, this.#scope);
    this.#operations.push(bound);
    return bound;
  }

  #compile(bound: BoundOperation, scope: OperationScope): Binding {
    const { operation } = bound;
    return this.#bind(bound.endpoint(scope), writerOf(operation), operation.declared<number>(deadlineKey));
  }

  #bindOther(kind: 'system' | 'identity' | 'connection', name: string, route: RouteOptions): Binding {
    const method = [route.method].flat().join(',');
    return this.#bind({ kind, name, method, path: route.url, declared: () => undefined }, undefined, undefined);
  }

  #bind(endpoint: Endpoint, writer: AnswerWriter | undefined, deadlineMs = this.#options.defaultDeadlineMs): Binding {
    const pipeline = this.#options.pipeline.compile(endpoint, this.#options.resolve);
    assertApiKeyChecked(endpoint, pipeline.policies);
    return { endpoint, pipeline, deadlineMs, writer };
  }
}

function writerOf(operation: Operation): AnswerWriter {
  if (operation.view) return new ViewWriter(operation.view);
  return operation.rows ? new RowsWriter(operation.rows) : emptyWriter;
}
