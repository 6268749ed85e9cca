import type { Findings } from './findings.js';
import { names } from './names.js';
import type { Section } from './section.js';

/** Refuses routes that take the same requests, routes at the place of an aggregate, and aggregates at the same place; compared as Ocelot does. */
export function checkDuplicates(routes: readonly Section[], aggregates: readonly Section[], findings: Findings): void {
  for (const alike of grouped(routes, (route) => `${placeOf(route)} ${headersOf(route)}`)) {
    const methods = alike.map(methodsOf);
    alike.forEach((route, index) => {
      const others = methods.filter((_, other) => other !== index);
      if (others.some((list) => overlap(list, methods[index] as string[]))) findings.fault(route.path, 'duplicate-route', `another route takes ${route.text(names.clientPath)} as well`);
    });
  }
  const places = new Set(aggregates.map(placeOf));
  for (const route of routes) {
    if (places.has(placeOf(route)) && methodsOf(route).includes('get')) findings.fault(route.path, 'duplicate-aggregate-route', `an aggregate takes GET ${route.text(names.clientPath)} as well`);
  }
  for (const alike of grouped(aggregates, placeOf)) {
    for (const aggregate of alike.slice(1)) findings.fault(aggregate.path, 'duplicate-aggregate', `another aggregate takes ${aggregate.text(names.clientPath)} as well`);
  }
}

function grouped(sections: readonly Section[], keyOf: (section: Section) => string): Section[][] {
  const groups = new Map<string, Section[]>();
  for (const section of sections) {
    const key = keyOf(section);
    groups.set(key, [...(groups.get(key) ?? []), section]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function placeOf(section: Section): string {
  return JSON.stringify([section.text(names.clientPath) ?? '', section.text(names.clientHost) ?? '']);
}

function headersOf(route: Section): string {
  return JSON.stringify(route.pairs(names.clientHeaders).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function methodsOf(route: Section): string[] {
  return (route.texts(names.clientMethod) ?? []).map((method) => method.toLowerCase());
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((method) => b.includes(method));
}
