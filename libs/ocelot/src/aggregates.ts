import { readClientTemplate } from './client-template.js';
import type { ImportContext } from './import-context.js';
import { compact, type JsonObject } from './json.js';
import { matchOf } from './match.js';
import { names } from './names.js';
import type { Section } from './section.js';

/** A route that may be a part, by its key. */
export interface PartRoute {
  readonly name: string;
  readonly section: Section;
  readonly route: JsonObject;
}

/** An aggregate; its keys are those of the answer, in their order. */
export function aggregateOf(aggregate: Section, priority: number, routes: ReadonlyMap<string, PartRoute>, context: ImportContext): JsonObject {
  const { findings } = context;
  const keys = aggregate.texts('RouteKeys') ?? [];
  const found = keys.flatMap((key) => {
    const part = routes.get(key);
    if (!part) findings.fault(aggregate.pathOf('RouteKeys'), 'aggregate-route-key-missing', `no route has the key ${key}`);
    else if (part.section.text('RequestIdKey')) findings.fault(aggregate.pathOf('RouteKeys'), 'aggregate-route-has-request-id-key', `the route ${key} has a RequestIdKey of its own`);
    return part ? [{ key, part }] : [];
  });
  const template = readClientTemplate(aggregate.text(names.clientPath) ?? '');
  const methods = aggregate.texts(names.clientMethod) ?? ['GET'];
  const aggregator = aggregate.text('Aggregator');
  if (aggregator) findings.note('code', aggregate.pathOf('Aggregator'), `${aggregator} is code: write an aggregator of that name`);
  const expansions = expansionsOf(aggregate, keys, context);
  if (found.some(({ part }) => part.route.rateLimit)) findings.note('changed', aggregate.path, 'the limits of its parts count calls of their routes only; give the aggregate one of its own');
  return compact({
    match: matchOf(aggregate, template, methods, priority, findings),
    access: accessOf(found.map(({ part }) => part.route.access as JsonObject), aggregate, context),
    addresses: addressesOf(found.map(({ part }) => part.route), aggregate, context),
    parts: Object.fromEntries(found.map(({ key, part }) => [partName(key, keys), compact({ route: part.name, as: partName(key, keys) === key ? undefined : key, required: true, anyStatus: true, ...expansions.get(key) })])),
    aggregator: aggregator || undefined,
  });
}

/** One call for each different value that is found in the answer of the first part. */
function expansionsOf(aggregate: Section, keys: readonly string[], { findings }: ImportContext): ReadonlyMap<string, JsonObject> {
  const first = keys[0] ?? '';
  const expansions = new Map<string, JsonObject>();
  for (const config of aggregate.sections('RouteKeysConfig')) {
    const key = config.text('RouteKey') ?? '';
    if (key === first) findings.note('dropped', config.path, 'it is about the first part, whose answer the others are called with; Ocelot ignores it, too');
    else if (expansions.has(key)) findings.note('dropped', config.path, 'a part has one such mapping; Ocelot ignores further ones, too');
    else if (!keys.includes(key)) findings.note('dropped', config.path, `the aggregate has no part ${key}`);
    else {
      const values = (config.text('JsonPath') ?? '$').replace(/^\$/, () => `$${member(partName(first, keys))}`);
      expansions.set(key, { after: [partName(first, keys)], each: { values, parameter: config.text('Parameter') ?? '', single: 'object' } });
    }
  }
  return expansions;
}

/** A name that may stand in a file of routes: the key itself, where it may. */
function partName(key: string, keys: readonly string[]): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && key !== 'input' && key !== 'caller' ? key : `part-${keys.indexOf(key) + 1}`;
}

function member(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}

/**
 * In Ocelot each part asks for itself, and one refusal is the answer. Here the aggregate asks, for all that they ask together: a file whose aggregate asked for less
 * would be refused.
 */
function accessOf(parts: readonly JsonObject[], aggregate: Section, { findings }: ImportContext): JsonObject {
  const closed = [...new Map(parts.filter(({ anonymous }) => anonymous !== true).map((access) => [JSON.stringify(access), access])).values()];
  const [only] = closed;
  if (!only) return { anonymous: true };
  if (closed.length === 1) return only;
  findings.note('changed', aggregate.path, 'its parts ask for different things of the caller; the aggregate asks for every scope that any of them names');
  const lists = closed.flatMap(({ issuers }) => ((issuers as string[] | undefined)?.length ? [issuers as string[]] : []));
  const issuers = lists[0]?.filter((issuer) => lists.every((list) => list.includes(issuer)));
  if (issuers?.length === 0) findings.note('changed', aggregate.path, 'no issuer is accepted by all of its parts: nobody may use it as it stands');
  return compact({
    scopes: [...new Set(closed.flatMap(({ scopes }) => (scopes as string[] | undefined) ?? []))],
    issuers: issuers?.length === 0 ? lists[0] : issuers,
    clients: closed.every(({ clients }) => clients === true) || undefined,
  });
}

/** The address filter that all parts with one have; where they differ, a person has to decide, and the gateway refuses the file until then. */
function addressesOf(parts: readonly JsonObject[], aggregate: Section, { findings }: ImportContext): JsonObject | undefined {
  const given = [...new Map(parts.flatMap(({ addresses }) => (addresses ? [[JSON.stringify(addresses), addresses as JsonObject]] : []))).values()];
  if (given.length > 1) findings.note('changed', aggregate.path, 'its parts are open to different addresses; the aggregate has those of the first one, and the gateway refuses the others');
  return given[0];
}
