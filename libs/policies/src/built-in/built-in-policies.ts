import type { PolicyClass } from '../configured/configured-policy.js';
import { AppendHeader } from './append-header.policy.js';
import { AppendQuery } from './append-query.policy.js';
import { MockAnswer } from './mock-answer.policy.js';
import { RemoveHeader } from './remove-header.policy.js';
import { RemoveQuery } from './remove-query.policy.js';
import { ReplaceInHeader } from './replace-in-header.policy.js';
import { RewritePath } from './rewrite-path.policy.js';
import { SetHeader } from './set-header.policy.js';
import { SetMethod } from './set-method.policy.js';
import { SetQuery } from './set-query.policy.js';
import { SetStatus } from './set-status.policy.js';

/** The policies that every gateway knows by their names: what a `PolicyRegistry` is given besides those of the team. */
export const builtInPolicies: readonly PolicyClass[] = Object.freeze([
  SetHeader,
  AppendHeader,
  RemoveHeader,
  ReplaceInHeader,
  SetQuery,
  AppendQuery,
  RemoveQuery,
  RewritePath,
  SetMethod,
  SetStatus,
  MockAnswer,
]);
