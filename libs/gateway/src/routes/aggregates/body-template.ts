import { parsePartPath, type PartPath } from './value-source.js';

/** Finds what a body is filled with. */
export interface BodyValues {
  /** Every value that a path leads to. */
  find(path: PartPath): readonly unknown[];
  /** What the aggregate's match has caught under a name. */
  caught(name: string): string;
  /** The error for a value that is not there. */
  lacks(what: string): Error;
}

type Write = (values: BodyValues) => unknown;

const placeholder = /^\{([A-Za-z_][\w.-]*)\}$/;

/**
 * A JSON body with gaps. A string that is a path into another part, as `"$.order.lines[*].id"`, stands for what is found there, a list where the path may find several;
 * a string that is a placeholder, as `"{id}"`, for what the aggregate's match has caught.
 */
export class BodyTemplate {
  /** Names of the parts that it reads. */
  readonly parts: string[] = [];
  /** Names of the placeholders that it needs. */
  readonly names: string[] = [];
  readonly #write: Write;

  /** @throws TypeError for a path that leads into no part, SyntaxError for what is no JSON */
  constructor(text: string) {
    this.#write = this.#compile(JSON.parse(text));
  }

  /** @throws what `values.lacks` makes when a path finds nothing */
  write(values: BodyValues): Buffer {
    return Buffer.from(JSON.stringify(this.#write(values)));
  }

  #compile(value: unknown): Write {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) {
      const items = value.map((item) => this.#compile(item));
      return (values) => items.map((write) => write(values));
    }
    if (value === null || typeof value !== 'object') return () => value;
    const members = Object.entries(value).map(([name, member]): [string, Write] => [name, this.#compile(member)]);
    return (values) => Object.fromEntries(members.map(([name, write]) => [name, write(values)]));
  }

  #text(text: string): Write {
    const [, name] = placeholder.exec(text) ?? [];
    if (name !== undefined) {
      this.names.push(name);
      return (values) => values.caught(name);
    }
    if (!text.startsWith('$.') && !text.startsWith('$[')) return () => text;
    const path = parsePartPath(text);
    this.parts.push(path.part);
    return (values) => {
      const found = values.find(path);
      if (path.path.many) return found;
      if (found.length === 0) throw values.lacks(`${text} leads nowhere`);
      return found[0];
    };
  }
}
