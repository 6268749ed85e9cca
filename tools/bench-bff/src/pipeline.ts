import { apiKeys, authenticate, authorize, claims } from '@portico/auth';
import { answerCache, conditional, routeCache } from '@portico/caching';
import { configuredPolicies, definePipeline, graphql, headers, type Pipeline } from '@portico/policies';
import { addressFilter, addressRateLimit, callerRateLimit, routeQuota, routeRateLimit } from '@portico/throttling';
import type { BenchConfig } from './bench.config.js';

/** What is measured: nothing, the verification of tokens alone, or all that a real BFF has. */
export function pipeline({ profile }: BenchConfig): Pipeline {
  if (profile === 'bare') return definePipeline();
  if (profile === 'verified') return definePipeline(authenticate());
  return definePipeline(
    addressFilter(),
    addressRateLimit({ limit: 1_000_000_000, windowMs: 60_000 }),
    authenticate(),
    apiKeys(),
    callerRateLimit({ limit: 1_000_000_000, windowMs: 60_000 }),
    authorize(),
    claims(),
    routeRateLimit(),
    routeQuota(),
    headers(),
    configuredPolicies(),
    graphql(),
    answerCache(),
    routeCache(),
    conditional(),
  );
}
