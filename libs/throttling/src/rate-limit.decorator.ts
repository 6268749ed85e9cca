import { SetMetadata } from '@nestjs/common';
import { RateLimitOptions } from './rate-limit.options.js';
import { validOptions } from './valid-options.js';

/** Key under which an endpoint says how many requests it takes. */
export const rateLimitKey = 'portico:rate-limit';

/**
 * Limits the requests of an operation, or of each operation of a controller, besides the limits of the whole gateway; the pipeline needs `routeRateLimit()`.
 * The handler's word replaces its controller's.
 * @throws TypeError for options that are not valid
 */
export function RateLimit(options: Partial<RateLimitOptions> & Pick<RateLimitOptions, 'limit'>): MethodDecorator & ClassDecorator {
  return SetMetadata(rateLimitKey, validOptions(RateLimitOptions, options));
}
