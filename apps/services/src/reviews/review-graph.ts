import { buildSchema, graphql, type ExecutionResult } from 'graphql';
import type { ShopData } from '../data/shop-data.js';
import { badRequest } from '../server/http-error.js';
import { lookUp, parseIds } from '../server/list-query.js';

const schemaText = /* GraphQL */ `
  type Query {
    "One product's reviews; null for an unknown id."
    product(id: ID!): Product
    "At most 200 ids; unknown ids are left out."
    summaries(ids: [ID!]!): [Summary!]!
  }
  type Product {
    id: ID!
    count: Int!
    average: Float!
    "Newest first, 100 at most."
    reviews(limit: Int = 10, offset: Int = 0): [Review!]!
  }
  type Summary {
    productId: ID!
    count: Int!
    average: Float!
  }
  type Review {
    id: ID!
    author: String!
    authorEmail: String!
    rating: Int!
    title: String!
    text: String!
    at: String!
    helpful: Int!
  }
`;

/** A GraphQL request as it comes over HTTP. */
export interface GraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null;
  readonly operationName?: string | null;
}

/** Builds the reviews' graph once; the result executes requests against it. */
export function createReviewGraph(data: ShopData): (request: GraphRequest) => Promise<ExecutionResult> {
  const schema = buildSchema(schemaText);
  const rootValue = {
    product: ({ id }: { id: string }) => {
      const summary = data.reviewSummary(id);
      return summary && { id, ...summary, reviews: (page: { limit: number; offset: number }) => slice(data.reviews(id) ?? [], page) };
    },
    summaries: ({ ids }: { ids: string[] }) => lookUp(parseIds(ids.join(',')), data.reviewSummary),
  };
  return ({ query, variables, operationName }) =>
    graphql({ schema, source: query, rootValue, variableValues: variables ?? null, operationName: operationName ?? null });
}

function slice<T>(list: readonly T[], { limit, offset }: { limit: number; offset: number }): readonly T[] {
  if (limit < 1 || limit > 100 || offset < 0) throw badRequest('limit must be 1 to 100, offset 0 or more');
  return list.slice(offset, offset + limit);
}
