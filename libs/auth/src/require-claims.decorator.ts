import { SetMetadata } from '@nestjs/common';
import { ClaimsOptions } from './claims.options.js';
import { compileRequirement } from './claim-requirement.js';

/** Key under which an endpoint says what it needs of the caller's claims. */
export const claimsKey = 'portico:claims';

/**
 * Opens an operation, or each operation of a controller, to callers only whose claims have one of the values named: `@RequireClaims({ 'address.country': ['AT', 'DE'] })`.
 * The pipeline needs `claims()`. The handler's word replaces its controller's.
 * @throws TypeError for what is no claim expression
 */
export function RequireClaims(require: Readonly<Record<string, readonly string[]>>): MethodDecorator & ClassDecorator {
  for (const [source, accepted] of Object.entries(require)) compileRequirement(source, accepted);
  return SetMetadata(claimsKey, Object.assign(new ClaimsOptions(), { require }));
}
