import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import type { PolicySection } from '../policy-section.js';
import { removeParameter } from '../values/query-text.js';
import { requestSteps } from './request-steps.js';

export class RemoveQueryOptions {
  @Setting({ description: 'Name of the query parameter, not encoded' })
  @IsNotEmpty()
  name: string = '';
}

/** Takes every occurrence of a query parameter out; the other parameters stay as they were written. */
@PolicyType('remove-query', RemoveQueryOptions)
export class RemoveQuery implements ConfiguredPolicy<RemoveQueryOptions> {
  compile({ name }: RemoveQueryOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return requestSteps(endpoint, section, () => (_context, request) => void (request.query = removeParameter(request.query, name)));
  }
}
