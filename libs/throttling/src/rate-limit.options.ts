import { Setting } from '@portico/config';
import { IsIn, IsInt, IsString, Max, Min, ValidateBy } from 'class-validator';
import type { CountingAlgorithm } from './counting.js';
import { LimitKeyOptions } from './limit-key.options.js';

/** How an answer tells what is left of a limit. */
export const limitHeaderStyles = ['standard', 'legacy', 'none'] as const;

/** How many requests an endpoint takes, as the section `rateLimit` of a route says. */
export class RateLimitOptions extends LimitKeyOptions {
  @Setting({ description: 'Requests of one key that are let through in a window', unit: 'requests', type: 'number' })
  @IsInt()
  @Min(0)
  limit!: number;

  @Setting({ description: 'Length of a window', unit: 'ms' })
  @IsInt()
  @Min(1)
  windowMs: number = 60_000;

  @Setting({ description: '`sliding`: never more in any window; `fixed`: the window begins with the first request; `token-bucket`: refills evenly and lets a rested key send a burst' })
  @IsIn(['sliding', 'fixed', 'token-bucket'])
  algorithm: CountingAlgorithm = 'sliding';

  @Setting({ description: 'Requests that a full token bucket holds; 0: as many as `limit`', unit: 'requests' })
  @IsInt()
  @Min(0)
  @ValidateBy({
    name: 'isForBuckets',
    validator: {
      validate: (burst, at) => burst === 0 || (at?.object as RateLimitOptions).algorithm === 'token-bucket',
      defaultMessage: () => 'has a meaning for the algorithm `token-bucket` only',
    },
  })
  burst: number = 0;

  @Setting({ description: 'Time for which a key that went over stays refused; 0: until there is room again', unit: 'ms' })
  @IsInt()
  @Min(0)
  blockMs: number = 0;

  @Setting({
    description: '`standard`: RateLimit-Policy, RateLimit; `legacy`: X-RateLimit-Limit, -Remaining, -Reset (a date) on what is let through, Retry-After alone on refusals; `none`: no field at all',
  })
  @IsIn(limitHeaderStyles)
  headers: (typeof limitHeaderStyles)[number] = 'standard';

  @Setting({ description: 'Status of a refusal' })
  @IsInt()
  @Min(400)
  @Max(599)
  status: number = 429;

  @Setting({ description: 'Plain-text body of a refusal; {0} stands for the limit, {1} for the window, as `10s`. Empty: problem+json' })
  @IsString()
  message: string = '';
}
