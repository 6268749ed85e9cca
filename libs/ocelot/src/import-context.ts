import type { Findings } from './findings.js';
import type { ImportOptions } from './import-options.js';
import type { Section } from './section.js';
import type { ServiceBook } from './service-book.js';

/** What every step of an import shares. */
export interface ImportContext {
  readonly options: ImportOptions;
  readonly findings: Findings;
  /** `GlobalConfiguration`; empty where there is none. */
  readonly global: Section;
  readonly services: ServiceBook;
}
