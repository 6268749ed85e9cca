import { authenticate, authorize } from '@portico/auth';
import { answerCache, conditional } from '@portico/caching';
import { definePipeline, type Pipeline } from '@portico/policies';
import { addressRateLimit, callerRateLimit } from '@portico/throttling';
import type { BenchConfig } from './bench.config.js';

/** What is measured: nothing, or all that a real BFF has. */
export function pipeline({ profile }: BenchConfig): Pipeline {
  if (profile === 'bare') return definePipeline();
  return definePipeline(
    addressRateLimit({ limit: 1_000_000_000, windowMs: 60_000 }),
    authenticate(),
    callerRateLimit({ limit: 1_000_000_000, windowMs: 60_000 }),
    authorize(),
    answerCache(),
    conditional(),
  );
}
