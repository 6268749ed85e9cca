import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import { removeEdit } from '../headers/header-edit.js';
import type { PolicySection } from '../policy-section.js';
import { headerSteps } from './header-steps.js';

export class RemoveHeaderOptions {
  @Setting({ description: 'Name of the header field' })
  @IsNotEmpty()
  name: string = '';
}

/** Takes a header field out, with all its values. */
@PolicyType('remove-header', RemoveHeaderOptions)
export class RemoveHeader implements ConfiguredPolicy<RemoveHeaderOptions> {
  compile({ name }: RemoveHeaderOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    return headerSteps(endpoint, section, () => removeEdit(name, 'name'));
  }
}
