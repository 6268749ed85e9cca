import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsIn } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import type { PolicySection } from '../policy-section.js';
import { requestSteps } from './request-steps.js';

export class SetMethodOptions {
  @Setting({ description: 'Method that is sent; the body is kept' })
  @IsIn(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
  method: string = '';
}

/** Replaces the method of what is sent. */
@PolicyType('set-method', SetMethodOptions)
export class SetMethod implements ConfiguredPolicy<SetMethodOptions> {
  compile({ method }: SetMethodOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return requestSteps(endpoint, section, () => (_context, request) => void (request.method = method));
  }
}
