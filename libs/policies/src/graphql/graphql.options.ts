import { Setting } from '@portico/config';
import { IsIn, IsInt, Min } from 'class-validator';

/** What a route to a GraphQL service lets through. Fragments count wherever they are spread; of several operations in one query, the worst counts. */
export class GraphqlOptions {
  @Setting({ description: 'Deepest nesting of fields', unit: 'levels' })
  @IsInt()
  @Min(1)
  maxDepth: number = 8;

  @Setting({ description: 'Fields in all, of all queries of a request together', unit: 'fields' })
  @IsInt()
  @Min(1)
  maxComplexity: number = 1_000;

  @Setting({ description: 'Fields with an alias', unit: 'aliases' })
  @IsInt()
  @Min(0)
  maxAliases: number = 30;

  @Setting({ description: 'Queries in one request; 1 allows no lists of queries', unit: 'queries' })
  @IsInt()
  @Min(1)
  maxBatch: number = 10;

  @Setting({ description: 'Largest request body', unit: 'bytes' })
  @IsInt()
  @Min(1)
  maxBodyBytes: number = 102_400;

  @Setting({ description: 'JSON file of the persisted queries: an object of SHA-256 digests and queries, or a manifest with `operations`; empty: none' })
  persisted: string = '';

  @Setting({ description: 'Persisted queries by their SHA-256 digests, besides those of the file', type: 'string{}' })
  persistedQueries: Readonly<Record<string, string>> = {};

  @Setting({ description: 'Whether every query that is not persisted is refused' })
  onlyPersisted: boolean = false;

  @Setting({ description: 'Whether a query may ask for the schema; one that does may nest deeper' })
  @IsIn(['allow', 'refuse'])
  introspection: string = 'refuse';
}
