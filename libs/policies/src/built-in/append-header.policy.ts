import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import { appendEdit } from '../headers/header-edit.js';
import type { PolicySection } from '../policy-section.js';
import { headerSteps } from './header-steps.js';

export class AppendHeaderOptions {
  @Setting({ description: 'Name of the header field' })
  @IsNotEmpty()
  name: string = '';

  @Setting({ description: 'The value to add; may hold placeholders' })
  value: string = '';
}

/** Adds a value to those that a header field has. */
@PolicyType('append-header', AppendHeaderOptions)
export class AppendHeader implements ConfiguredPolicy<AppendHeaderOptions> {
  compile({ name, value }: AppendHeaderOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return headerSteps(endpoint, section, (place) => appendEdit(name, value, place, { name: 'name', value: 'value' }));
  }
}
