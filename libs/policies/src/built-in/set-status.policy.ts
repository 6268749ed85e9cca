import { Setting } from '@portico/config';
import type { PolicySteps } from '@portico/core';
import { IsInt, Max, Min } from 'class-validator';
import type { ConfiguredPolicy } from '../configured/configured-policy.js';
import { PolicyType } from '../configured/policy-type.decorator.js';

export class SetStatusOptions {
  @Setting({ description: 'Status of the answer; one that has no body drops it', type: 'number' })
  @IsInt()
  @Min(200)
  @Max(599)
  status!: number;
}

const bodiless = new Set([204, 205, 304]);

/** Replaces the status of an answer. Problem answers keep theirs. */
@PolicyType('set-status', SetStatusOptions)
export class SetStatus implements ConfiguredPolicy<SetStatusOptions> {
  compile({ status }: SetStatusOptions): PolicySteps {
    return {
      outbound(_context, answer) {
        if (bodiless.has(status)) answer.replace(status, '');
        else answer.setStatus(status);
      },
    };
  }
}
