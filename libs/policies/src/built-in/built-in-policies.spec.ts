import { expect, it } from 'vitest';
import { PolicyRegistry } from '../configured/policy-registry.js';
import { builtInPolicies } from './built-in-policies.js';

it('gives every gateway these policies by their names', () => {
  expect([...new PolicyRegistry(builtInPolicies).names].sort()).toEqual([
    'append-header',
    'append-query',
    'mock-answer',
    'remove-header',
    'remove-query',
    'replace-in-header',
    'rewrite-path',
    'set-header',
    'set-method',
    'set-query',
    'set-status',
  ]);
});
