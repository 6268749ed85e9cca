import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import { setEdit } from '../headers/header-edit.js';
import type { PolicySection } from '../policy-section.js';
import { headerSteps } from './header-steps.js';

export class SetHeaderOptions {
  @Setting({ description: 'Name of the header field' })
  @IsNotEmpty()
  name: string = '';

  @Setting({ description: 'Its new value; may hold placeholders' })
  value: string = '';
}

/** Replaces all values of a header field by one. */
@PolicyType('set-header', SetHeaderOptions)
export class SetHeader implements ConfiguredPolicy<SetHeaderOptions> {
  compile({ name, value }: SetHeaderOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return headerSteps(endpoint, section, (place) => setEdit(name, value, place, { name: 'name', value: 'value' }));
  }
}
