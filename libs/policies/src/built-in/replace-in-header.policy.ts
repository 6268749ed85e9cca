import { Setting } from '@portico/config';
import type { Endpoint, Resolve } from '@portico/core';
import { IsNotEmpty } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';
import { replaceEdit } from '../headers/header-edit.js';
import type { PolicySection } from '../policy-section.js';
import { headerSteps } from './header-steps.js';

export class ReplaceInHeaderOptions {
  @Setting({ description: 'Name of the header field' })
  @IsNotEmpty()
  name: string = '';

  @Setting({ description: 'The text to replace, wherever it occurs; may hold placeholders' })
  @IsNotEmpty()
  find: string = '';

  @Setting({ description: 'The text to put there; may hold placeholders' })
  with: string = '';
}

/** Replaces a text in the values of a header field. */
@PolicyType('replace-in-header', ReplaceInHeaderOptions)
export class ReplaceInHeader implements ConfiguredPolicy<ReplaceInHeaderOptions> {
  compile(options: ReplaceInHeaderOptions, endpoint: Endpoint, _resolve: Resolve, section: PolicySection | undefined) {
    const paths = { name: 'name', find: 'find', with: 'with' };
    return headerSteps(endpoint, section, (place) => replaceEdit(options.name, options.find, options.with, place, paths));
  }
}
