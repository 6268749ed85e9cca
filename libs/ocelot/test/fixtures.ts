import { importOcelot, type ImportOptions, type JsonObject, type OcelotImport } from '../src/index.js';
import { names } from '../src/names.js';

/** A static route from `from` to `to` on one instance, with further keys of Ocelot. */
export function ocelotRoute(from: string, to = from, more: JsonObject = {}): JsonObject {
  return { [names.clientPath]: from, [names.servicePath]: to, [names.serviceScheme]: 'http', [names.serviceHosts]: [{ Host: 'catalog', Port: 8001 }], ...more };
}

/** What becomes of one route, under the global options. */
export function importedRoute(more: JsonObject, global: JsonObject = {}, options: ImportOptions = {}): OcelotImport & { readonly route: Sections; readonly service: Sections } {
  const imported = importOcelot({ Routes: [ocelotRoute('/a', '/b', more)], GlobalConfiguration: global }, options);
  return { ...imported, route: first(imported.file.routes), service: first(imported.file.services) };
}

/** A part of the file whose sections a test looks into. */
export type Sections = Readonly<Record<string, never>>;

/** The first of an object's values. */
export function first(object: unknown): Sections {
  return Object.values(object as Record<string, Sections>)[0] as Sections;
}

/** Codes of the faults, in order. */
export const codesOf = ({ faults }: OcelotImport): string[] => faults.map(({ code }) => code);

/** Paths of the notes, in order. */
export const notedAt = ({ report }: OcelotImport): string[] => report.notes.map(({ path }) => path);
