import { AccessOptions } from '@portico/auth';
import { AddressFilterOptions } from '@portico/throttling';
import { describe, expect, it } from 'vitest';
import type { PolicyLists } from './gateway-file.js';
import { widerAccess } from './wider-access.js';

type Access = Partial<AccessOptions> | undefined;

const access = (options: Access) => options && Object.assign(new AccessOptions(), options);
const guarded = (options: Access) => ({ access: access(options) });
const anonymous = { anonymous: true };
const inbound = (...list: NonNullable<PolicyLists['inbound']>) => ({ ...guarded(anonymous), policies: { inbound: list } });
const check = (name: string, limit = 1) => ({ name, options: { limit } });
const from = (...allow: string[]) => ({ ...guarded(anonymous), addresses: Object.assign(new AddressFilterOptions(), { allow }) });

describe('the access of an aggregate', () => {
  it.each<[aggregate: Access, route: Access]>([
    [anonymous, anonymous],
    [undefined, anonymous],
    [undefined, undefined],
    [{ scopes: ['a'] }, undefined],
    [{ scopes: ['a', 'b'] }, { scopes: ['a'] }],
    [{ scopes: ['a'] }, { scopes: ['a', 'b'], anyScope: true }],
    [{ scopes: ['a', 'b'], anyScope: true }, { scopes: ['a', 'b', 'c'], anyScope: true }],
    [{ scopes: ['a'], anyScope: true }, { scopes: ['a'] }],
    [{ issuers: ['one'] }, { issuers: ['one', 'two'] }],
    [{ clients: true }, { clients: true }],
    [{}, { clients: true }],
  ])('%j lets nobody through whom %j would refuse', (aggregate, route) => {
    expect(widerAccess(guarded(aggregate), guarded(route), undefined)).toBeUndefined();
  });

  it.each<[aggregate: Access, route: Access]>([
    [anonymous, undefined],
    [anonymous, { scopes: ['a'] }],
    [undefined, { scopes: ['a'] }],
    [{ scopes: ['a'] }, { scopes: ['a', 'b'] }],
    [{ scopes: ['a', 'b'], anyScope: true }, { scopes: ['a'] }],
    [{ scopes: ['a', 'b'], anyScope: true }, { scopes: ['a', 'c'], anyScope: true }],
    [{ anyScope: true }, { scopes: ['a'], anyScope: true }],
    [{}, { issuers: ['one'] }],
    [{ issuers: ['one', 'three'] }, { issuers: ['one', 'two'] }],
    [{ clients: true }, {}],
    [{ clients: true, scopes: ['a'] }, { scopes: ['a'] }],
  ])('%j is wider than %j', (aggregate, route) => {
    expect(widerAccess(guarded(aggregate), guarded(route), undefined)).toBe('access');
  });

  it('is wider where addresses differ', () => {
    expect([widerAccess(guarded(anonymous), from('10.0.0.0/8'), undefined), widerAccess(from('10.0.0.0/7'), from('10.0.0.0/8'), undefined)]).toEqual(['addresses', 'addresses']);
    expect([widerAccess(from('10.0.0.0/8'), from('10.0.0.0/8'), undefined), widerAccess(from('10.0.0.0/8'), guarded(anonymous), undefined)]).toEqual([undefined, undefined]);
  });

  it.each<[string, object, object, PolicyLists['inbound'], string | undefined]>([
    ['lacks a policy of the route', guarded(anonymous), inbound(check('tenant')), undefined, 'policies.inbound'],
    ['has it with other options', inbound(check('tenant', 2)), inbound(check('tenant')), undefined, 'policies.inbound'],
    ['has it too', inbound('base', check('other'), check('tenant')), inbound(check('tenant'), 'base'), [check('all')], undefined],
    ["leaves out those of the gateway, which run for the route", inbound(check('tenant')), inbound('base', check('tenant')), [check('all')], 'policies.inbound'],
    ['leaves them out as the route does', inbound(), inbound(), [check('all')], undefined],
    ['leaves out none', inbound(), guarded(anonymous), [], undefined],
  ])('that %s is compared by its inbound policies', (_, aggregate, route, gateway, wider) => {
    expect(widerAccess(aggregate, route, { inbound: gateway })).toBe(wider);
  });
});
