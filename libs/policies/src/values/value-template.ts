import { ConfigurationError } from '@portico/config';
import type { Endpoint, RequestContext } from '@portico/core';
import { placeholdersOf, type PlaceholderReader } from './placeholders.js';

export interface ValueTemplateOptions {
  readonly endpoint: Endpoint;
  /** Path of the option, for faults. */
  readonly path: string;
  /** Whether it is used when a service has answered already. Default: false. */
  readonly answers?: boolean | undefined;
  /** What is done to the value of each placeholder before it is put in; `name` is the placeholder's. */
  readonly encode?: ((value: string, name: string) => string) | undefined;
}

// Whatever else stands between braces is text, as in JSON. Doubled braces are how a placeholder is written as text.
const pattern = /\{\{([A-Za-z_][\w.-]*)\}\}|\{([A-Za-z_][\w.-]*)\}/g;

/** A configured text with placeholders, compiled at start. */
export class ValueTemplate {
  /** The whole text where it has no placeholder. */
  readonly constant: string | undefined;
  /** The text between the placeholders: one piece more than there are readers. */
  readonly literals: readonly string[];
  readonly #readers: readonly PlaceholderReader[];

  /** @throws ConfigurationError naming every placeholder that is unknown at the endpoint */
  constructor(text: string, { endpoint, path, answers = false, encode }: ValueTemplateOptions) {
    const placeholders = placeholdersOf(endpoint);
    const literals = [''];
    const readers: PlaceholderReader[] = [];
    const unknown: string[] = [];
    let end = 0;
    for (const match of text.matchAll(pattern)) {
      const [whole, escaped, name] = match as unknown as [string, string | undefined, string];
      literals[readers.length] += text.slice(end, match.index);
      end = match.index + whole.length;
      if (escaped !== undefined) {
        literals[readers.length] += `{${escaped}}`;
        continue;
      }
      const reader = placeholders.reader(name, endpoint, answers);
      if (!reader) unknown.push(name);
      readers.push(reader && encode ? (context) => encode(reader(context), name) : (reader ?? (() => '')));
      literals.push('');
    }
    literals[readers.length] += text.slice(end);
    if (unknown.length > 0) {
      const known = placeholders.namesAt(endpoint, answers).map((name) => `{${name}}`);
      throw new ConfigurationError(unknown.map((name) => ({ path, message: `{${name}} is no placeholder here; there are ${known.join(', ')}` })));
    }
    this.literals = literals;
    this.#readers = readers;
    this.constant = readers.length === 0 ? literals[0] : undefined;
  }

  /** The text with the values of one request. */
  render(context: RequestContext): string {
    if (this.constant !== undefined) return this.constant;
    let text = this.literals[0] as string;
    for (let index = 0; index < this.#readers.length; index++) text += (this.#readers[index] as PlaceholderReader)(context) + (this.literals[index + 1] as string);
    return text;
  }
}
