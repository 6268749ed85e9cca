import { apiKeys, authenticate, authorize, claims } from '@portico/auth';
import { answerCache, conditional, routeCache } from '@portico/caching';
import { configuredPolicies, definePipeline, graphql, headers, type Pipeline } from '@portico/policies';
import { addressFilter, addressRateLimit, callerRateLimit, routeQuota, routeRateLimit } from '@portico/throttling';
import type { MobileConfig } from './mobile.config.js';

const minuteMs = 60_000;

/**
 * The path of a request through the mobile BFF. Before it: 1 accept (correlation, trace, deadline) and 2 meter, which sees every answer.
 * After the inbound steps: 4 the operation, 5 its aggregate, 6 the service calls, 7 the view model. 9: whatever fails becomes problem+json.
 */
export function pipeline({ limits, apiKeys: keys }: MobileConfig): Pipeline {
  return definePipeline(
    // 3 inbound
    addressFilter(),
    addressRateLimit({ limit: limits.addressPerMinute, windowMs: minuteMs }),
    authenticate({ dpop: true }),
    apiKeys({ header: keys.header }),
    callerRateLimit({ limit: limits.callerPerMinute, windowMs: minuteMs }),
    authorize(),
    // What the file of routes says, and decorators such as @UsePolicy()
    claims(),
    routeRateLimit(),
    routeQuota(),
    // Around everything that calls a route's service
    routeCache(),
    headers(),
    configuredPolicies(),
    graphql(),
    // 3 look up and 8 store, for operations
    answerCache(),
    // 8 outbound
    conditional(),
  );
}
