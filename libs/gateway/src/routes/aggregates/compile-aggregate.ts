import { assertApiKeyChecked, claims } from '@portico/auth';
import type { BackendClient } from '@portico/backend-client';
import type { Endpoint, PolicySteps, Resolve } from '@portico/core';
import { headers, type Pipeline } from '@portico/policies';
import { configuredEndpoint } from '../configured-endpoint.js';
import type { RouteBinding } from '../route-binding.js';
import type { AggregateBinding } from './aggregate-binding.js';
import type { AggregateDefinition, PartDefinition } from './aggregate-definition.js';
import type { AggregatorRegistry } from './aggregator-registry.js';
import { ConfiguredAggregate } from './configured-aggregate.js';
import { ConfiguredPart } from './configured-part.js';
import type { PartRules } from './part-answer.js';
import { RouteCall } from './route-call.js';
import { runOrder } from './run-order.js';

export interface AggregateDependencies {
  readonly pipeline: Pipeline;
  readonly resolve: Resolve;
  readonly client: BackendClient;
  readonly aggregators: AggregatorRegistry;
  readonly defaultDeadlineMs: number;
}

/**
 * Compiles an aggregate over compiled routes.
 * @throws TypeError when a part names a route, or the aggregate an aggregator, that is not there: what a file says has been validated before
 */
export function compileAggregate(definition: AggregateDefinition, routes: ReadonlyMap<string, RouteBinding>, deps: AggregateDependencies): AggregateBinding {
  const { pipeline, resolve, client, aggregators, defaultDeadlineMs } = deps;
  const endpoint = configuredEndpoint(definition);
  const ordered = runOrder(definition.parts);
  const position = (name: string): number => ordered.findIndex((part) => part.name === name);
  const parts = new Map<string, ConfiguredPart>();
  const find = (name: string): ConfiguredPart => parts.get(name) as ConfiguredPart;
  for (const part of ordered) parts.set(part.name, new ConfiguredPart(part, routeCall(part, definition, routes, deps), find, position));
  const made = { answer: definition.parts.map(({ name }) => find(name)), run: ordered.map(({ name }) => find(name)) };
  const aggregator = definition.aggregator === undefined ? undefined : aggregators.make(definition.aggregator, resolve);
  return {
    kind: 'aggregate',
    definition,
    endpoint,
    pipeline: checked(endpoint, pipeline.compile(endpoint, resolve)),
    deadlineMs: definition.timeoutMs ?? defaultDeadlineMs,
    writer: undefined,
    aggregate: new ConfiguredAggregate(definition, made, client, aggregator),
  };
}

function routeCall(part: PartDefinition, aggregate: AggregateDefinition, routes: ReadonlyMap<string, RouteBinding>, { client, resolve }: AggregateDependencies): RouteCall {
  const route = routes.get(part.route);
  if (!route) throw new TypeError(`${aggregate.name}: there is no route called ${part.route}`);
  const { anyStatus, refusals } = part;
  const otherBodies = aggregate.aggregator !== undefined ? 'kept' : anyStatus ? 'text' : 'refused';
  const rules: PartRules = { service: route.definition.to.service, anyStatus, refusals, maxBytes: aggregate.maxPartBytes, otherBodies };
  return new RouteCall(part, route, rules, editsOf(route.endpoint, resolve), client.clock);
}

/** What a route makes of a request by its own sections, which its service may need, and what it requires of the claims: with the values of this very part. */
function editsOf(endpoint: Endpoint, resolve: Resolve): NonNullable<PolicySteps['inbound']>[] {
  return [claims(), headers()].flatMap((policy) => policy.compile(endpoint, resolve)?.inbound ?? []);
}

function checked<P extends { readonly policies: readonly string[] }>(endpoint: Endpoint, pipeline: P): P {
  assertApiKeyChecked(endpoint, pipeline.policies);
  return pipeline;
}
