import { dueFractions } from '@portico/aggregation';
import type { ConfigurationFault } from '@portico/config';
import { matchValuesKey, placeholdersKey, policiesKey, type EffectivePolicies, type ForwardingRules, type Placeholders, type PolicyScopes } from '@portico/policies';
import { CompiledRoute } from '@portico/routing';
import type { AggregateDefinition, PartDefinition } from '../aggregates/aggregate-definition.js';
import { runOrder } from '../aggregates/run-order.js';
import type { RouteDefinition } from '../route-definition.js';
import type { AggregateConfig } from './aggregate.config.js';
import { boundNames } from './bound-names.js';
import { collecting } from './collecting.js';
import { conditionsOf } from './conditions-of.js';
import { declaredSections } from './declared-sections.js';
import type { GatewayFile, PolicyLists } from './gateway-file.js';
import { partDefinition } from './part-definition.js';
import { partFaults } from './part-faults.js';
import { widerAccess } from './wider-access.js';

export interface AggregateSetDependencies {
  readonly file: GatewayFile;
  readonly routes: readonly RouteDefinition[];
  /** Names of the aggregators that the gateway knows. */
  readonly aggregators: readonly string[];
  /** Undefined when the gateway's own policies have faults. */
  readonly scopes: PolicyScopes | undefined;
  readonly placeholders: Placeholders;
  /** Rules for routes that pass the client's credentials on, and for those that do not. */
  readonly forwarding: Readonly<Record<'pass' | 'drop', ForwardingRules>>;
  readonly faults: ConfigurationFault[];
}

type NamedAggregate = AggregateConfig & { readonly policies?: PolicyLists };

const mostParts = 50;
/** What the engine gives the parts beside each other. */
const takenNames = ['input', 'caller'];

/** What a file says as aggregates that can be compiled, with their matches; what is wrong with them is noted among the faults. */
export function aggregateSet({ file, faults, ...deps }: AggregateSetDependencies): { aggregates: AggregateDefinition[]; matches: CompiledRoute<string>[] } {
  const matches: CompiledRoute<string>[] = [];
  const aggregates = Object.entries(file.aggregates).flatMap(([name, aggregate]): AggregateDefinition[] => {
    const path = `aggregates.${name}`;
    const conditions = conditionsOf(aggregate.match);
    const matched = collecting(faults, () => new CompiledRoute(conditions, path), `${path}.match`);
    if (matched) matches.push(matched);
    if (Object.hasOwn(file.routes, name)) faults.push({ path, message: 'is the name of a route already' });
    if (aggregate.aggregator !== '' && !deps.aggregators.includes(aggregate.aggregator)) faults.push({ path: `${path}.aggregator`, message: `there is no aggregator called ${aggregate.aggregator}; known are ${deps.aggregators.join(', ') || 'none'}` });
    const bound = matched ? boundNames(matched) : [];
    const known = [...bound, ...Object.keys(aggregate.claims?.toPath ?? {})];
    const parts = partsOf(name, aggregate, known, { file, faults, ...deps });
    const policies = policiesOf(path, aggregate.policies, deps.scopes, faults);
    if (!policies) return [];
    // What one part may pass on must be there; the others leave it out.
    const credentials = parts.some(({ route }) => file.routes[route]?.to.credentials === 'pass') ? 'pass' : 'drop';
    const { timeoutMs, maxBodyBytes, maxPartBytes, aggregator } = aggregate;
    const declared = new Map([...declaredSections(aggregate), [policiesKey, policies], [placeholdersKey, deps.placeholders], [matchValuesKey, bound]]);
    return [{ name, conditions, declared, timeoutMs, maxBodyBytes, maxPartBytes, forwarding: deps.forwarding[credentials], parts, aggregator: aggregator || undefined }];
  });
  return { aggregates, matches };
}

function partsOf(name: string, aggregate: NamedAggregate, known: readonly string[], { file, routes, faults }: Pick<AggregateSetDependencies, 'file' | 'routes' | 'faults'>): PartDefinition[] {
  const path = `aggregates.${name}`;
  const entries = Object.entries(aggregate.parts);
  if (entries.length === 0 || entries.length > mostParts) faults.push({ path: `${path}.parts`, message: `must be 1 to ${mostParts}` });
  const parts = entries.flatMap(([key, part]): PartDefinition[] => {
    const at = `${path}.parts.${key}`;
    if (takenNames.includes(key)) faults.push({ path: at, message: 'cannot have this name' });
    const definition = collecting(faults, () => partDefinition(key, part), at);
    if (!definition) return [];
    const route = routes.find((one) => one.name === part.route);
    if (!route) {
      // A route with faults of its own has told them.
      if (!Object.hasOwn(file.routes, part.route)) faults.push({ path: `${at}.route`, message: `there is no route called ${part.route}; known are ${Object.keys(file.routes).join(', ')}` });
      return [definition];
    }
    faults.push(...partFaults(definition, part, { at, route, known, toPath: Object.keys(file.routes[part.route]?.claims?.toPath ?? {}), parts: Object.keys(aggregate.parts) }));
    const wider = part.trusted ? undefined : widerAccess(aggregate, file.routes[part.route] ?? {}, file.policies);
    if (wider) faults.push({ path: `${at}.route`, message: `${part.route} may refuse callers that the aggregate lets through, by its ${wider}: ask for as much in the aggregate, or say trusted: true` });
    return [definition];
  });
  const twice = parts.find(({ key }, index) => parts.findIndex((part) => part.key === key) < index);
  if (twice) faults.push({ path: `${path}.parts.${twice.name}`, message: `is the second part that is called ${twice.key} in the answer` });
  collecting(faults, () => sharesOf(parts), `${path}.parts`);
  return parts;
}

/** @throws TypeError when parts wait for each other, or get no time */
function sharesOf(parts: readonly PartDefinition[]): void {
  const ordered = runOrder(parts);
  try {
    dueFractions(ordered.map(({ name, share, after }) => ({ name, share, after: after.map((one) => ordered.findIndex((part) => part.name === one)).filter((index) => index >= 0) })));
  } catch (error) {
    throw new TypeError((error as Error).message, { cause: error });
  }
}

/** An aggregate calls no service itself: the backend section is that of its parts' routes. */
function policiesOf(path: string, own: PolicyLists | undefined, scopes: PolicyScopes | undefined, faults: ConfigurationFault[]): EffectivePolicies | undefined {
  return scopes && collecting(faults, () => scopes.forRoute({ path: `${path}.policies`, sections: { inbound: own?.inbound, outbound: own?.outbound, onError: own?.onError, backend: [] } }));
}
