export type { ImportFault, ImportNote, ImportReport } from './findings.js';
export { importOcelot, type OcelotImport } from './import-ocelot.js';
export type { ImportOptions } from './import-options.js';
export type { JsonObject } from './json.js';
