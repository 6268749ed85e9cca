import type { Findings } from './findings.js';

/**
 * One object of Ocelot's configuration, read as .NET binds it: names of keys in any case, `null` as absent, numbers and booleans also as text.
 * What has the wrong type is a fault, and then absent.
 */
export class Section {
  readonly #entries = new Map<string, readonly [key: string, value: unknown]>();

  constructor(
    value: unknown,
    /** Where it stands, as `Routes[0]`; empty for the whole file. */
    readonly path: string,
    readonly findings: Findings,
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isObject) findings.fault(path, 'wrong-type', 'must be an object');
    for (const [key, entry] of Object.entries(isObject ? value : {})) if (entry !== null) this.#entries.set(key.toLowerCase(), [key, entry]);
  }

  /** Keys that are there, as they are written. */
  get keys(): string[] {
    return [...this.#entries.values()].map(([key]) => key);
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Path of a key, spelt as in the file where it is there. */
  pathOf(name: string): string {
    const key = this.#entries.get(name.toLowerCase())?.[0] ?? name;
    return this.path === '' ? key : `${this.path}.${key}`;
  }

  text(name: string): string | undefined {
    const value = this.#value(name);
    if (value === undefined || typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : this.#wrong(name, 'a string');
  }

  number(name: string): number | undefined {
    const value = this.#value(name);
    if (value === undefined || value === '') return undefined;
    const number = typeof value === 'string' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : this.#wrong(name, 'a number');
  }

  flag(name: string): boolean | undefined {
    const value = this.#value(name);
    if (value === undefined || value === '' || typeof value === 'boolean') return value === '' ? undefined : value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    return text === 'true' || text === 'false' ? text === 'true' : this.#wrong(name, 'true or false');
  }

  texts(name: string): string[] | undefined {
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) return this.#wrong(name, 'a list of strings');
    return value as string[];
  }

  /** Pairs of an object whose values are strings. */
  pairs(name: string): [key: string, value: string][] {
    const section = this.section(name);
    return section ? section.keys.flatMap((key): [string, string][] => [[key, section.text(key) ?? '']]) : [];
  }

  section(name: string): Section | undefined {
    const value = this.#value(name);
    return value === undefined ? undefined : new Section(value, this.pathOf(name), this.findings);
  }

  sections(name: string): Section[] {
    const value = this.#value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.#wrong(name, 'a list of objects') ?? [];
    return value.map((item, index) => new Section(item, `${this.pathOf(name)}[${index}]`, this.findings));
  }

  #value(name: string): unknown {
    return this.#entries.get(name.toLowerCase())?.[1];
  }

  #wrong(name: string, wanted: string): undefined {
    this.findings.fault(this.pathOf(name), 'wrong-type', `must be ${wanted}`);
  }
}
