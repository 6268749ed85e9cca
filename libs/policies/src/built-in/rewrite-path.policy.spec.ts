import { describe, expect, it } from 'vitest';
import { faultsOf, forward, routeContext, stepsOf } from '../../test/fixtures.js';
import { RewritePath } from './rewrite-path.policy.js';

function path(template: string, values: Record<string, string> = { id: '7', rest: 'a/b' }) {
  const request = forward({ values });
  void stepsOf(RewritePath, { template }, 'inbound')?.inbound?.(routeContext(request));
  return request.path;
}

describe('rewrite-path', () => {
  it.each([
    ['/', {}, '/'],
    ['/v2/{id}/x', { id: '7' }, '/v2/7/x'],
    ['/v2/{rest}', { rest: 'a/b c' }, '/v2/a/b%20c'],
    ['/v2/{value.rest}', { rest: 'a/b' }, '/v2/a/b'],
    ['/v2/{rest}', { rest: '' }, '/v2/'],
    ['/a%2Fb/{id}', { id: 'x/../y' }, '/a%2Fb/x%2F..%2Fy'],
    ['/{id}', { id: 'a?b#c%2e' }, '/a%3Fb%23c%252e'],
    ['/{id}', { id: '\r\n' }, '/%0D%0A'],
    ['/..a/{id}', { id: '...' }, '/..a/...'],
  ])('writes %j with %j as %j', (template, values, expected) => {
    expect(path(template, values)).toBe(expected);
  });

  it.each([
    ['/v2/{id}/x', { id: '..' }],
    ['/v2/{id}', { id: '.' }],
    ['/v2/{rest}', { rest: 'a/../../admin' }],
    ['/v2/.{id}', { id: '.' }],
    ['/v2/%2e{id}', { id: '' }],
    ['/v2/%2E{id}', { id: '.' }],
  ])('refuses %j with %j: it would have a dot segment', (template, values) => {
    expect(() => path(template, values)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  it.each([
    ['v2', 'template: must begin with /'],
    ['/v2?a=b', 'template: holds characters that cannot stand in a path: percent-encode them'],
    ['/a b', 'template: holds characters that cannot stand in a path: percent-encode them'],
    ['/a%2', 'template: holds characters that cannot stand in a path: percent-encode them'],
    ['/é', 'template: holds characters that cannot stand in a path: percent-encode them'],
  ])('is a fault as %j', (template, fault) => {
    expect(faultsOf(() => path(template))).toEqual([fault]);
  });
});
