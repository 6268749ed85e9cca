import type { Section } from './section.js';

/** A value and where it stands. */
export interface Found<T> {
  readonly value: T;
  readonly path: string;
}

/** A route's options over the global ones, property by property. Several names of one property: the first that stands anywhere counts, as in Ocelot. */
export class ScopedSection {
  readonly #layers: readonly Section[];

  constructor(
    readonly own: Section | undefined,
    wide: Section | undefined,
  ) {
    this.#layers = [own, wide].filter((layer) => layer !== undefined);
  }

  /** Whether there are options at all. */
  get exists(): boolean {
    return this.#layers.length > 0;
  }

  /** Where the options stand: the route's own, or else the global ones. */
  get path(): string {
    return this.#layers[0]?.path ?? '';
  }

  /** An empty text counts as absent. */
  text(...names: string[]): Found<string> | undefined {
    return this.#first(names, (layer, name) => layer.text(name) || undefined);
  }

  number(...names: string[]): Found<number> | undefined {
    return this.#first(names, (layer, name) => layer.number(name));
  }

  flag(...names: string[]): Found<boolean> | undefined {
    return this.#first(names, (layer, name) => layer.flag(name));
  }

  /** An empty list counts as absent. */
  texts(...names: string[]): Found<string[]> | undefined {
    return this.#first(names, (layer, name) => {
      const texts = layer.texts(name);
      return texts && texts.length > 0 ? texts : undefined;
    });
  }

  #first<T>(names: string[], read: (layer: Section, name: string) => T | undefined): Found<T> | undefined {
    for (const name of names) {
      for (const layer of this.#layers) {
        const value = read(layer, name);
        if (value !== undefined) return { value, path: layer.pathOf(name) };
      }
    }
    return undefined;
  }
}

/**
 * The options `name` that hold for a route: its own over the global ones. Those apply to every route, or to the listed ones when they have `RouteKeys`.
 * `ownName` is the key on the route where it has another one there.
 */
export function optionsFor(route: Section | undefined, global: Section, name: string, ownName = name): ScopedSection {
  const wide = global.section(name);
  const keys = wide?.texts('RouteKeys') ?? [];
  const applies = keys.length === 0 || keys.includes(route?.text('Key') ?? '');
  return new ScopedSection(route?.section(ownName), applies ? wide : undefined);
}
