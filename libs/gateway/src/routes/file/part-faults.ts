import type { ConfigurationFault } from '@portico/config';
import { RouteTarget } from '@portico/routing';
import type { PartDefinition } from '../aggregates/aggregate-definition.js';
import type { RouteDefinition } from '../route-definition.js';
import { namesIn } from './bound-names.js';
import type { PartConfig } from './part.config.js';

export interface PartSurroundings {
  /** Where the part stands in the file. */
  readonly at: string;
  readonly route: RouteDefinition;
  /** Names that the aggregate has values for. */
  readonly known: readonly string[];
  /** Placeholders that the route takes from claims. */
  readonly toPath: readonly string[];
  /** Names of all parts. */
  readonly parts: readonly string[];
}

/** What is wrong with a part that shows only beside its route, its aggregate and the other parts. */
export function partFaults({ name, after, values, send, refusals }: PartDefinition, part: PartConfig, { at, route, known, toPath, parts }: PartSurroundings): ConfigurationFault[] {
  const faults: ConfigurationFault[] = [];
  const fault = (place: string, message: string): void => void faults.push({ path: `${at}${place}`, message });
  if (part.each && part.join) fault('', 'is either each or join');
  if (part.required && part.default !== undefined) fault('.default', 'is never used: the part is required');
  for (const one of after) if (one === name || !parts.includes(one)) fault('', `waits for ${one}, which is no other part of the aggregate`);
  for (const [key, source] of values) {
    const missing = 'names' in source ? source.names.filter((one) => !known.includes(one)) : [];
    for (const one of missing) fault(`.with.${key}`, `{${one}} is no placeholder of the aggregate's match`);
  }
  for (const one of send?.names ?? []) if (!known.includes(one)) fault('.send', `{${one}} is no placeholder of the aggregate's match`);
  if (send && part.body) fault('.send', 'contradicts body beside it');
  for (const status of refusals.keys()) if (!Number.isInteger(status) || status < 400 || status > 499) fault('.refusals', 'is about statuses from 400 to 499');
  const given = new Set([...known, ...toPath, ...values.keys(), ...[part.each?.parameter, part.join?.parameter].filter((one) => one !== undefined)]);
  const needed = [...new RouteTarget(route.to).placeholders, ...namesIn(route.to.member)];
  for (const one of needed) if (!given.has(one)) fault('', `{${one}} of the route ${route.name} has no value: name it in with, or in the aggregate's match`);
  return faults;
}
