import { checkSchemes } from './access.js';
import { aggregateOf, type PartRoute } from './aggregates.js';
import { checkDuplicates } from './check-duplicates.js';
import { checkTemplates } from './check-templates.js';
import { readClientTemplate } from './client-template.js';
import { reportProvider } from './discovery.js';
import { dynamicRoutes } from './dynamic-routes.js';
import { Findings, type ImportFault, type ImportReport } from './findings.js';
import { usesBaseUrl } from './header-transforms.js';
import type { ImportContext } from './import-context.js';
import type { ImportOptions } from './import-options.js';
import { compact, type JsonObject } from './json.js';
import { names } from './names.js';
import { priorities } from './priorities.js';
import { reportUnknown, reportWithoutCounterpart } from './report-rest.js';
import { RouteNames } from './route-names.js';
import { Section } from './section.js';
import { ServiceBook } from './service-book.js';
import { policyName } from './slug.js';
import { staticRoute } from './static-route.js';

/** What became of an Ocelot configuration. */
export interface OcelotImport {
  /** A gateway file that does what Ocelot does, as a plain object. Not to be used while there are faults. */
  readonly file: JsonObject;
  readonly report: ImportReport;
  /** Why Ocelot would not start with it, or Portico will not; empty when all is well. */
  readonly faults: readonly ImportFault[];
}

/**
 * Turns the content of an `ocelot.json` into a gateway file that writes Ocelot's behaviour as explicit settings. Reads nothing else; never throws for what the configuration says.
 * Several files are merged before, as Ocelot does: their lists concatenated, `GlobalConfiguration` from `ocelot.global.json`.
 */
export function importOcelot(ocelotJson: unknown, options: ImportOptions = {}): OcelotImport {
  const findings = new Findings();
  const root = new Section(ocelotJson, '', findings);
  const global = root.section('GlobalConfiguration') ?? new Section({}, 'GlobalConfiguration', findings);
  const context: ImportContext = { options, findings, global, services: new ServiceBook() };
  const routes = root.sections('Routes');
  const aggregates = root.sections('Aggregates');
  check(root, global, routes, aggregates, context);

  const routeNames = new RouteNames();
  const ranks = priorities([...routes, ...aggregates].map(rankOf));
  const imported = routes.map((section, index): PartRoute => ({ section, name: routeNames.nameOf(section), route: staticRoute(section, ranks[index] as number, context) }));
  const byKey = new Map(imported.flatMap((part) => (part.section.text('Key') ? [[part.section.text('Key') as string, part] as const] : [])));
  const joined = aggregates.map((section, index) => [routeNames.nameOf(section), aggregateOf(section, ranks[routes.length + index] as number, byKey, context)] as const);
  const dynamic = isDynamic(root, global, routes, findings) ? dynamicRoutes(root.sections('DynamicRoutes'), context).map(([name, route]) => [routeNames.take(name), route] as const) : [];
  const handlers = options.globalHandlers ?? [];
  return {
    file: compact({
      version: 1,
      settings: settingsOf(global, routes, findings),
      services: context.services.entries,
      policies: handlers.length > 0 ? { backend: handlers.map((handler) => ({ [policyName(handler)]: {} })) } : undefined,
      routes: Object.fromEntries([...imported.map(({ name, route }) => [name, route] as const), ...dynamic]),
      aggregates: joined.length > 0 ? Object.fromEntries(joined) : undefined,
    }),
    report: findings.report,
    faults: findings.faults,
  };
}

function check(root: Section, global: Section, routes: readonly Section[], aggregates: readonly Section[], context: ImportContext): void {
  const { findings } = context;
  reportUnknown(root, 'file', findings);
  reportUnknown(global, 'global', findings);
  reportWithoutCounterpart(global, findings);
  reportProvider(context);
  checkSchemes(global, context);
  for (const route of routes) {
    reportUnknown(route, 'route', findings);
    checkTemplates(route, findings);
    checkSchemes(route, context);
  }
  for (const aggregate of aggregates) {
    reportUnknown(aggregate, 'aggregate', findings);
    checkTemplates(aggregate, findings, ['client']);
  }
  checkDuplicates(routes, aggregates, findings);
}

/** Ocelot's own page says that it routes dynamically only without static routes, and with a registry. */
function isDynamic(root: Section, global: Section, routes: readonly Section[], findings: Findings): boolean {
  const listed = root.sections('DynamicRoutes').length > 0;
  const registry = global.section('ServiceDiscoveryProvider')?.text('Type');
  if (routes.length === 0 && registry) return true;
  if (listed) findings.note('dropped', root.pathOf('DynamicRoutes'), 'Ocelot, too, ignores them beside static routes, and without a registry');
  return false;
}

function rankOf(section: Section): { hasHost: boolean; priority: number } {
  const { catchAll } = readClientTemplate(section.text(names.clientPath) ?? '');
  return { hasHost: Boolean(section.text(names.clientHost)), priority: catchAll ? 0 : (section.number('Priority') ?? 1) };
}

function settingsOf(global: Section, routes: readonly Section[], findings: Findings): JsonObject {
  const written = global.text('BaseUrl');
  const assumed = !written && usesBaseUrl([global, ...routes]);
  if (assumed) findings.note('changed', global.pathOf('BaseUrl'), 'none is set, and Ocelot then takes http://localhost:5000 for {BaseUrl}; set baseUrl to the address that clients know, or leave it empty to take that of the request');
  return compact({
    wrongMethodStatus: 404,
    timeoutStatus: 503,
    unreachableStatus: 502,
    baseUrl: written || (assumed ? 'http://localhost:5000' : undefined),
    xForwarded: false,
    // Ocelot passes on whatever a client calls itself by; what Portico writes is Portico's.
    reservedHeaders: ['portico-*'],
  });
}
