import { ConfigurationError } from '@portico/config';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { GraphqlOptions } from './graphql.options.js';

/** The queries that a gateway knows by their SHA-256 digests. */
export class PersistedQueries {
  readonly #byDigest = new Map<string, string>();

  /** @throws ConfigurationError when the file cannot be read, or a digest is not that of its query */
  constructor({ persisted, persistedQueries }: Pick<GraphqlOptions, 'persisted' | 'persistedQueries'>) {
    const faults = [
      ...(persisted === '' ? [] : this.#addAll(Object.entries(fileOf(persisted)), 'persisted')),
      ...this.#addAll(Object.entries(persistedQueries), 'persistedQueries'),
    ];
    if (faults.length > 0) throw new ConfigurationError(faults);
  }

  /** The query with that digest; undefined when there is none. */
  get(digest: string): string | undefined {
    return this.#byDigest.get(digest);
  }

  #addAll(entries: readonly [digest: string, text: unknown][], path: string): { path: string; message: string }[] {
    return entries.flatMap(([digest, text]) => {
      if (typeof text !== 'string') return [{ path: `${path}.${digest}`, message: 'must be the text of a query' }];
      if (digest !== digestOfText(text)) return [{ path: `${path}.${digest}`, message: `is not the SHA-256 digest of its query, which is ${digestOfText(text)}` }];
      this.#byDigest.set(digest, text);
      return [];
    });
  }
}

/** SHA-256 of a query's text, in lower-case hex. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Digests and queries of a file: an object of them, or what Apollo's tools write. */
function fileOf(file: string): Readonly<Record<string, unknown>> {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigurationError([{ path: 'persisted', message: `cannot be read: ${(error as Error).message}` }]);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) throw new ConfigurationError([{ path: 'persisted', message: 'must hold an object' }]);
  const { operations } = content as { operations?: unknown };
  if (!Array.isArray(operations)) return content as Record<string, unknown>;
  return Object.fromEntries((operations as { id?: unknown; body?: unknown }[]).map(({ id, body }) => [String(id), body]));
}
