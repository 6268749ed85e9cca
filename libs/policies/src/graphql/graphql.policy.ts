import { ConfigurationError, isConfigurationError } from '@portico/config';
import type { Policy } from '@portico/core';
import { policyFaults } from '../configured/policy-faults.js';
import { GraphqlGuard } from './graphql-guard.js';
import type { GraphqlOptions } from './graphql.options.js';

/** Key under which a route declares its `GraphqlOptions`. */
export const graphqlKey = 'portico:graphql';

/**
 * Guards a route to a GraphQL service, as its section `graphql` says: refuses queries that ask too much, puts persisted queries in the place of their digests.
 * Reads request bodies whole. Refuses with REQUEST_INVALID (faults), BODY_TOO_LARGE, CONTENT_TYPE_UNSUPPORTED or METHOD_NOT_ALLOWED; a digest that is not known
 * gets the answer of Apollo's protocol, so that the client sends the query itself. Throws ConfigurationError at start.
 */
export function graphql(): Policy {
  return {
    name: 'graphql',
    compile(endpoint) {
      const options = endpoint.kind === 'route' ? endpoint.declared<GraphqlOptions>(graphqlKey) : undefined;
      if (!options) return undefined;
      const guard = guardOf(options);
      return { backend: (_context, request, next) => guard.pass(request, next) };
    },
  };
}

function guardOf(options: GraphqlOptions): GraphqlGuard {
  try {
    return new GraphqlGuard(options);
  } catch (error) {
    throw isConfigurationError(error) ? new ConfigurationError(policyFaults('graphql', error)) : error;
  }
}
