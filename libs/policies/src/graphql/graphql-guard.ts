import { HeaderList, PorticoError, type Fault, type ForwardRequest, type ServiceAnswer } from '@portico/core';
import { invalidQuery } from './invalid-query.js';
import type { AskedQuery } from './asked-query.js';
import { readGraphqlRequest } from './graphql-request.js';
import type { GraphqlOptions } from './graphql.options.js';
import { MeasuredQueries } from './measured-queries.js';
import { digestOfText, PersistedQueries } from './persisted-queries.js';
import type { QueryMeasure } from './query-measure.js';

/** The schema describes itself in types of types: tools ask this deep. */
const schemaDepth = 16;
const notFound = '{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}';

/** Holds the requests of one route to its limits. */
export class GraphqlGuard {
  readonly #options: GraphqlOptions;
  readonly #persisted: PersistedQueries;
  readonly #measured = new MeasuredQueries();

  /** @throws ConfigurationError when the persisted queries cannot be used */
  constructor(options: GraphqlOptions) {
    this.#options = options;
    this.#persisted = new PersistedQueries(options);
  }

  async pass(request: ForwardRequest, next: () => Promise<ServiceAnswer>): Promise<ServiceAnswer> {
    const { maxBodyBytes, maxBatch } = this.#options;
    const asked = await readGraphqlRequest(request, maxBodyBytes);
    const { queries, batch } = asked;
    if (queries.length === 0) throw invalidQuery({ path: 'body', message: 'must hold a query' });
    if (queries.length > maxBatch) throw invalidQuery({ path: 'body', message: `must hold at most ${maxBatch} queries` });
    if (batch && maxBatch === 1) throw invalidQuery({ path: 'body', message: 'must be one query, not a list' });
    const texts = queries.map((query) => this.#textOf(query));
    if (texts.some((text) => text === undefined)) return missing(queries.length, batch);
    await this.#check(queries, texts as readonly string[], request.method !== 'POST');
    if (queries.some((query) => query.text === undefined)) asked.replace(texts as readonly string[]);
    return next();
  }

  /** The full text of a query; undefined when the client has to send it. */
  #textOf({ path, text, digest }: AskedQuery): string | undefined {
    if (text === undefined && digest === undefined) throw invalidQuery({ path: `${path}.query`, message: 'is required' });
    if (text !== undefined && digest !== undefined && digestOfText(text) !== digest) {
      throw invalidQuery({ path: `${path}.extensions.persistedQuery.sha256Hash`, message: 'is not the digest of the query' });
    }
    if (!this.#options.onlyPersisted) return text ?? this.#persisted.get(digest as string);
    const known = this.#persisted.get(digest ?? digestOfText(text as string));
    if (known === undefined) throw invalidQuery({ path: `${path}.query`, message: 'is none of the persisted queries: only those are answered' });
    return known;
  }

  async #check(queries: readonly AskedQuery[], texts: readonly string[], readOnly: boolean): Promise<void> {
    const faults: Fault[] = [];
    let fields = 0;
    for (const [index, text] of texts.entries()) {
      const path = `${(queries[index] as AskedQuery).path}.query`;
      const measured = await this.#measured.measure(text);
      if ('fault' in measured) faults.push({ path, message: measured.fault });
      else {
        if (readOnly && !measured.measure.reads) throw new PorticoError('METHOD_NOT_ALLOWED', { detail: 'Only queries may be sent by GET.', headers: { allow: 'POST' } });
        fields += measured.measure.fields;
        faults.push(...this.#faultsOf(measured.measure).map((message) => ({ path, message })));
      }
    }
    const { maxComplexity } = this.#options;
    if (fields > maxComplexity) faults.push({ path: queries.length > 1 ? 'body' : `${(queries[0] as AskedQuery).path}.query`, message: `asks for ${amount(fields)} fields; ${maxComplexity} are allowed` });
    if (faults.length > 0) throw invalidQuery(...faults);
  }

  #faultsOf({ depth, schemaDepth: inSchema, aliases, circular }: QueryMeasure): string[] {
    const { maxDepth, maxAliases, introspection } = this.#options;
    return [
      ...(circular ? ['has fragments that spread each other in a circle'] : []),
      ...(depth > maxDepth ? [`nests fields ${depth} deep; ${maxDepth} levels are allowed`] : []),
      ...(aliases > maxAliases ? [`has ${amount(aliases)} aliases; ${maxAliases} are allowed`] : []),
      ...(inSchema > 0 && introspection === 'refuse' ? ['asks for the schema, which is not shown'] : []),
      ...(inSchema > Math.max(schemaDepth, maxDepth) ? ['asks too deep into the schema'] : []),
    ];
  }
}

/** What Apollo's clients understand: they send the query again, with its text. */
function missing(count: number, batch: boolean): ServiceAnswer {
  const body = Buffer.from(batch ? `[${Array<string>(count).fill(notFound).join(',')}]` : notFound);
  const headers = new HeaderList([
    ['content-type', 'application/json; charset=utf-8'],
    ['cache-control', 'no-store'],
  ]);
  return { status: 200, headers, body };
}

/** Fragments that multiply make numbers that nobody wants to read. */
function amount(count: number): string {
  return count > 1e6 ? 'more than a million' : String(count);
}
