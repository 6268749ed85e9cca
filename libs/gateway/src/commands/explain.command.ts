import { isPorticoError } from '@portico/core';
import { policySections, type DescribedPipeline } from '@portico/policies';
import { requestPath, type Capture, type RouteRequest } from '@portico/routing';
import type { AssembledGateway } from '../assemble-gateway.js';
import type { Binding } from '../operations/binding.js';
import type { AggregateBinding } from '../routes/aggregates/aggregate-binding.js';
import type { PartDefinition } from '../routes/aggregates/aggregate-definition.js';
import type { RouteBinding } from '../routes/route-binding.js';
import type { TableBinding } from '../routes/table-binding.js';

/** `explain FILE METHOD URL`: who answers a request and why, what runs, and what the service would be asked; with INVOKE and `/hubs/<name>#<method>` it is a call of a hub. */
export function explain({ host, operations }: AssembledGateway, [method = 'GET', url = '/']: readonly string[]): string {
  const { pathname, search, host: named } = partsOf(url);
  const { methods } = operations;
  const hub = operations.hubBinding(method, pathname);
  if (hub) return [`${method} ${pathname}`, `  answered by ${hubParts[hub.endpoint.kind as keyof typeof hubParts]}`, ...passed(hub)].join('\n');
  const coded = methods.template(method, pathname);
  if (coded !== undefined) return [`${method} ${pathname}`, `  answered by the coded operation ${coded}: those come before every route`, ...ran(operations, method, coded)].join('\n');
  let path: string;
  try {
    path = requestPath(pathname);
  } catch (error) {
    if (!isPorticoError(error)) throw error;
    return `${method} ${pathname}\n  refused with ${error.status} ${error.code}: ${error.message}`;
  }
  if (!host) return `${method} ${pathname}\n  404: nothing is configured`;
  const request: RouteRequest = { method, path, query: search, host: named, header: () => undefined };
  const verdicts = host.snapshot.table.explain(request).map(({ entry, conditions, verdict }) => `  ${entry.definition.name.padEnd(24)} ${conditions.path.padEnd(32)} ${reasons[verdict]}`);
  const finding = host.snapshot.table.find(request);
  const lines = [`${method} ${pathname}${search === '' ? '' : `?${search}`}`, 'Routes in the order in which they are tried:', ...verdicts];
  if (finding.kind === 'route') return [...lines, ...answered(finding.entry, finding.captures, request)].join('\n');
  const allowed = [...new Set([...(finding.kind === 'method' ? finding.methods : []), ...methods.allowed(pathname)])].sort();
  return [...lines, allowed.length === 0 ? 'Answer: 404' : `Answer: ${host.snapshot.settings.wrongMethodStatus}, for only ${allowed.join(', ')} would do`].join('\n');
}

const reasons = {
  taken: 'is taken',
  outranked: 'would fit too, but stands behind',
  path: 'has another path',
  host: 'wants another host',
  header: 'wants a header field that is not sent',
  query: 'wants a parameter that is not sent',
  method: 'takes other methods',
} as const;

/** How an address of a hub is answered, by the kind of its endpoint. */
const hubParts = {
  negotiation: 'the negotiation of a hub, which gives out tickets',
  connection: 'a hub, to whoever has the ticket of the connection',
  invocation: 'a method of a hub',
};

function answered(entry: TableBinding, captures: readonly Capture[], request: RouteRequest): string[] {
  return entry.kind === 'aggregate' ? joined(entry, captures) : sent(entry, captures, request);
}

function joined({ definition, pipeline }: AggregateBinding, captures: readonly Capture[]): string[] {
  return [
    definition.aggregator === undefined ? 'Answer: an object of its parts' : `Answer: made by ${definition.aggregator}`,
    ...definition.parts.map((part) => `  ${part.name.padEnd(24)} ${part.route.padEnd(24)} ${facts(part)}`),
    ...captures.map(({ name, value }) => `  {${name}} = ${value}`),
    'Policies (those of the backend section are those of the routes):',
    ...described(pipeline.describe()),
  ];
}

function facts({ required, after, each, join, when }: PartDefinition): string {
  const calls = each ? `one call for each of at most ${each.maxCalls} values` : join ? `one call for every ${join.chunkSize} ids` : 'one call';
  return [required ? 'required' : 'optional', calls, ...(after.length > 0 ? [`after ${after.join(', ')}`] : []), ...(when ? ['when wanted'] : [])].join(', ');
}

function sent({ definition, target, pipeline }: RouteBinding, captures: readonly Capture[], { method, path, query }: RouteRequest): string[] {
  const values = Object.fromEntries(captures.map(({ name, value }) => [name, value]));
  const sentQuery = target.query(captures, values, query);
  return [
    `Service: ${definition.to.service}`,
    `Sent: ${definition.to.method || method} ${target.path(captures, values, path)}${sentQuery === '' ? '' : `?${sentQuery}`}`,
    ...Object.entries(values).map(([name, value]) => `  {${name}} = ${value}`),
    'Policies:',
    ...described(pipeline.describe()),
  ];
}

function ran(operations: AssembledGateway['operations'], method: string, path: string): string[] {
  const bound = operations.operation(method, path);
  return bound ? passed(bound.binding) : [];
}

function passed({ endpoint, pipeline }: Binding): string[] {
  return [`  by ${endpoint.name}`, 'Policies:', ...described(pipeline.describe())];
}

function described(pipeline: DescribedPipeline): string[] {
  return policySections.flatMap((section) => pipeline[section].map(({ name, origin }) => `  ${section.padEnd(9)} ${name.padEnd(24)} ${origin}`));
}

function partsOf(url: string): { pathname: string; search: string; host: string | undefined } {
  const whole = /^https?:\/\/([^/?#]+)(.*)$/i.exec(url);
  const [pathname = '/', search = ''] = (whole ? whole[2] || '/' : url).split('?', 2);
  return { pathname, search, host: whole?.[1] };
}
