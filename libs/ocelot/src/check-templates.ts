import { placeholderNames } from './client-template.js';
import type { Findings } from './findings.js';
import { names, sides } from './names.js';
import type { Section } from './section.js';

/** Refuses what Ocelot refuses of the templates of a route, or of the one of an aggregate. */
export function checkTemplates(section: Section, findings: Findings, keys: readonly ('client' | 'service')[] = ['client', 'service']): void {
  for (const side of keys) {
    const name = side === 'client' ? names.clientPath : names.servicePath;
    const template = section.text(name) ?? '';
    const path = section.pathOf(name);
    const refuse = (what: string, message: string): void => findings.fault(path, `${sides[side]}-template-${what}`, `${template} ${message}`);
    if (template === '') {
      refuse('empty', 'must not be empty');
      continue;
    }
    if (!template.startsWith('/')) refuse('no-leading-slash', 'must begin with a slash');
    if (/https?:\/\//.test(template)) refuse('has-scheme', 'must not hold a scheme');
    else if (template.includes('//')) refuse('double-slash', 'must not hold two slashes in a row');
    const placeholders = placeholderNames(template);
    if (new Set(placeholders).size < placeholders.length) refuse('duplicate-placeholder', 'names a placeholder twice');
  }
}
