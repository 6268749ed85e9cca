import { SetMetadata } from '@nestjs/common';
import { QuotaOptions } from './quota.options.js';
import { validOptions } from './valid-options.js';

/** Key under which an endpoint says how much of it may be used. */
export const quotaKey = 'portico:quota';

/**
 * Gives each key a quota of an operation, or of each operation of a controller; the pipeline needs `routeQuota()`. The handler's word replaces its controller's.
 * @throws TypeError for options that are not valid
 */
export function Quota(options: Partial<QuotaOptions> & Pick<QuotaOptions, 'limit'>): MethodDecorator & ClassDecorator {
  return SetMetadata(quotaKey, validOptions(QuotaOptions, options));
}
