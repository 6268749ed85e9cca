import { Setting } from '@portico/config';
import { IsInt, Matches, Max, Min, ValidateBy } from 'class-validator';
import { statusSet } from './status-set.js';

/** How instances are asked whether they are well. */
export class HealthCheckOptions {
  @Setting({ description: 'Path, and perhaps query, that is asked for with GET; after the path prefix of the instance, if it has one' })
  @Matches(/^\/[\x21\x22\x24-\x7e]*$/, { message: 'path must begin with a slash and be percent-encoded' })
  path: string = '/health';

  @Setting({ description: 'Time from one check of an instance to the next; the first one comes at a random moment within it', unit: 'ms' })
  @IsInt()
  @Min(100)
  @Max(86_400_000)
  intervalMs: number = 5_000;

  @Setting({ description: 'Time for one check; one that takes longer has failed', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(3_600_000)
  timeoutMs: number = 1_000;

  @Setting({ description: 'Checks in a row that must succeed before an unhealthy instance is used again', unit: 'checks' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  healthyAfter: number = 2;

  @Setting({ description: 'Checks in a row that must fail before an instance is left out', unit: 'checks' })
  @IsInt()
  @Min(1)
  @Max(1_000)
  unhealthyAfter: number = 3;

  @Setting({ description: 'Statuses that are a success, as `200-399` or `200, 204`' })
  @ValidateBy({
    name: 'isStatusSet',
    validator: {
      validate: (value) => typeof value === 'string' && statusSet(value) !== undefined,
      defaultMessage: (at) => `${at?.property} must list statuses or ranges of them, as 200-399`,
    },
  })
  expectStatus: string = '200-399';
}
