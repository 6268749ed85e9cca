import { validateSync } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { anonymousCaller, type Caller, type Endpoint, type PorticoError, type Resolve } from '@portico/core';
import { ManualClock, testContext } from '@portico/core/testing';
import { accessDeclarations, AccessOptions, authorize, requiresApiKey, TokenVerifiers, type IssuedCaller } from './index.js';

const a = { issuer: 'https://a.example', audience: 'bff' };
const verifiers = new TokenVerifiers({ issuer: 'https://own.example', audience: 'bff' }, { partner: a }, { clock: new ManualClock(), fetchJson: () => Promise.reject(new Error()) });
const resolve = (() => verifiers) as unknown as Resolve;

const route = (declarations: ReadonlyMap<string, unknown>): Endpoint => ({
  kind: 'route',
  name: 'images',
  method: '',
  path: '/images',
  declared: <T>(key: string) => declarations.get(key) as T | undefined,
});
const access = (options?: Partial<AccessOptions>): Endpoint => route(accessDeclarations(options && Object.assign(new AccessOptions(), options)));
const user = (scopes: string[], over: Partial<IssuedCaller> = {}): Caller =>
  ({ ...anonymousCaller, kind: 'user', id: 'ann', clientId: 'app', scopes: new Set(scopes), key: 'user:3:app:ann', issuer: 'default', ...over }) as Caller;

function outcome(endpoint: Endpoint, caller: Caller): string {
  const context = testContext({ endpoint });
  context.caller = caller;
  try {
    expect(authorize().compile(endpoint, resolve)?.inbound?.(context)).toBeUndefined();
    return 'served';
  } catch (error) {
    return (error as PorticoError).code;
  }
}

describe('Access to a route', () => {
  const both = ['shop.read', 'shop.write'];
  it.each<[string, Endpoint, Caller, string]>([
    ['is closed to everybody where nothing is declared', route(new Map()), user(both), 'OPERATION_FORBIDDEN'],
    ['is for authenticated users where it has no section', access(), anonymousCaller, 'TOKEN_MISSING'],
    ['is for every authenticated user where it has no section', access(), user([]), 'served'],
    ['is for everybody where it says anonymous', access({ anonymous: true }), anonymousCaller, 'served'],
    ['needs every scope', access({ scopes: both }), user(['shop.read']), 'SCOPE_INSUFFICIENT'],
    ['is open to who has every scope', access({ scopes: both }), user(both), 'served'],
    ['needs one scope where one is enough', access({ scopes: both, anyScope: true }), user(['shop.write']), 'served'],
    ['is closed to who has none of them', access({ scopes: both, anyScope: true }), user(['other']), 'SCOPE_INSUFFICIENT'],
    ['needs no scope where one of none is enough', access({ anyScope: true }), user([]), 'served'],
    ['is closed to tokens of other issuers', access({ issuers: ['partner'] }), user([]), 'TOKEN_INVALID'],
    ['is open to tokens of an issuer that is named', access({ issuers: ['partner'] }), user([], { issuer: 'partner' }), 'served'],
    ['is open to the own issuer by its name', access({ issuers: ['default', 'partner'] }), user([]), 'served'],
    ['asks for a token first where issuers are named', access({ issuers: ['partner'] }), anonymousCaller, 'TOKEN_MISSING'],
    ['is closed to client applications', access(), user([], { kind: 'client' }), 'OPERATION_FORBIDDEN'],
    ['is open to client applications where it says so', access({ clients: true }), user([], { kind: 'client' }), 'served'],
  ])('%s', (_name, endpoint, caller, expected) => {
    expect(outcome(endpoint, caller)).toBe(expected);
  });

  it('ends the start when it names an issuer that nobody knows', () => {
    expect(() => authorize().compile(access({ issuers: ['partner', 'nobody'] }), resolve)).toThrow('images: no issuer has the name nobody');
  });

  it('needs an API key only where it says so', () => {
    expect([access(), access({ clients: true }), access({ apiKey: true }), route(new Map())].map(requiresApiKey)).toEqual([false, false, true, false]);
  });
});

describe('AccessOptions', () => {
  const faults = (given: Partial<AccessOptions>) => validateSync(Object.assign(new AccessOptions(), given)).map(({ property }) => property);

  it('take what a route can say', () => {
    for (const given of [{}, { apiKey: true }, { anonymous: true, apiKey: true }, { clients: true, apiKey: true }, { anonymous: true }, { scopes: ['a:b', 'https://x/y'], anyScope: true, clients: true }]) expect(faults(given)).toEqual([]);
  });

  it.each<[keyof AccessOptions, Partial<AccessOptions>]>([
    ['scopes', { scopes: ['ok', 'a b'] }],
    ['scopes', { scopes: ['a"b'] }],
    ['anonymous', { anonymous: true, scopes: ['a'] }],
    ['anonymous', { anonymous: true, issuers: ['partner'] }],
    ['anonymous', { anonymous: true, clients: true }],
  ])('refuse %s that cannot be meant', (property, given) => {
    expect(faults(given)).toEqual([property]);
  });
});
