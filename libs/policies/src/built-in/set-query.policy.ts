import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import type { PolicySection } from '../policy-section.js';
import { setParameter } from '../values/query-text.js';
import { ValueTemplate } from '../values/value-template.js';
import { requestSteps } from './request-steps.js';

export class SetQueryOptions {
  @Setting({ description: 'Name of the query parameter, not encoded' })
  @IsNotEmpty()
  name: string = '';

  @Setting({ description: 'Its new value, not encoded; may hold placeholders' })
  value: string = '';
}

/** Replaces every occurrence of a query parameter by one; the other parameters stay as they were written. */
@PolicyType('set-query', SetQueryOptions)
export class SetQuery implements ConfiguredPolicy<SetQueryOptions> {
  compile({ name, value }: SetQueryOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return requestSteps(endpoint, section, () => {
      const template = new ValueTemplate(value, { endpoint, path: 'value' });
      const start = `${encodeURIComponent(name)}=`;
      return (context, request) => void (request.query = setParameter(request.query, name, start + encodeURIComponent(template.render(context))));
    });
  }
}
