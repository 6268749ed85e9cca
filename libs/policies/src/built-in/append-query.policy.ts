import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import type { PolicySection } from '../policy-section.js';
import { appendParameter } from '../values/query-text.js';
import { ValueTemplate } from '../values/value-template.js';
import { requestSteps } from './request-steps.js';

export class AppendQueryOptions {
  @Setting({ description: 'Name of the query parameter, not encoded' })
  @IsNotEmpty()
  name: string = '';

  @Setting({ description: 'The value to add, not encoded; may hold placeholders' })
  value: string = '';
}

/** Adds a query parameter behind those that are there, also behind one of its name. */
@PolicyType('append-query', AppendQueryOptions)
export class AppendQuery implements ConfiguredPolicy<AppendQueryOptions> {
  compile({ name, value }: AppendQueryOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return requestSteps(endpoint, section, () => {
      const template = new ValueTemplate(value, { endpoint, path: 'value' });
      const start = `${encodeURIComponent(name)}=`;
      return (context, request) => void (request.query = appendParameter(request.query, start + encodeURIComponent(template.render(context))));
    });
  }
}
