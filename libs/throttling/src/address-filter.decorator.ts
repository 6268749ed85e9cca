import { SetMetadata } from '@nestjs/common';
import { AddressFilterOptions } from './address-filter.options.js';
import { validOptions } from './valid-options.js';

/** Key under which an endpoint says which addresses it serves. */
export const addressesKey = 'portico:addresses';

/**
 * Serves an operation, or every operation of a controller, to some addresses only; the pipeline needs `addressFilter()`. The handler's word replaces its controller's.
 * @throws TypeError for options that are not valid
 */
export function AddressFilter(options: Partial<AddressFilterOptions>): MethodDecorator & ClassDecorator {
  return SetMetadata(addressesKey, validOptions(AddressFilterOptions, options));
}
