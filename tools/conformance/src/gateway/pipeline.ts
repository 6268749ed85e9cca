import { authenticate, authorize, claims } from '@portico/auth';
import { routeCache } from '@portico/caching';
import { configuredPolicies, definePipeline, graphql, headers, type Pipeline } from '@portico/policies';
import { addressFilter, routeQuota, routeRateLimit } from '@portico/throttling';

/** The path of a request, as in a BFF, but for the limits of the whole gateway: Ocelot has none. */
export function pipeline(): Pipeline {
  return definePipeline(
    addressFilter(),
    authenticate(),
    authorize(),
    claims(),
    routeRateLimit(),
    routeQuota(),
    headers(),
    configuredPolicies(),
    graphql(),
    routeCache(),
  );
}
