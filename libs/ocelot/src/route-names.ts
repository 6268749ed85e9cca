import { names } from './names.js';
import type { Section } from './section.js';
import { slug, UniqueNames } from './slug.js';

/** Names for routes and aggregates: their key, or else what their path says. */
export class RouteNames {
  readonly #names = new UniqueNames();

  nameOf(section: Section): string {
    return this.take(slug(section.text('Key') || (section.text(names.clientPath) ?? '').replace(/\?.*/s, ''), 'root'));
  }

  take(wanted: string): string {
    return this.#names.take(wanted);
  }
}
