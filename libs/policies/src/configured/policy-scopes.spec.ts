import { Setting } from '@portico/config';
import { IsInt, Min } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../test/fixtures.js';
import { policySections } from '../policy-section.js';
import type { ConfiguredPolicy } from './configured-policy.js';
import { PolicyRegistry } from './policy-registry.js';
import { PolicyScopes } from './policy-scopes.js';
import type { PolicySections } from './policy-sections.js';
import { PolicyType } from './policy-type.decorator.js';

class Options {
  @Setting({ description: 'How often' })
  @IsInt()
  @Min(1)
  times: number = 1;
}

@PolicyType('ring', Options)
class Ring implements ConfiguredPolicy<Options> {
  compile() {
    return undefined;
  }
}

@PolicyType('knock', Options)
class Knock extends Ring {}

const registry = () => new PolicyRegistry([Ring, Knock]);
const scopes = (sections: PolicySections) => new PolicyScopes(registry(), { path: 'policies', sections });
const ofRoute = (sections: PolicySections) => ({ path: 'routes.a.policies', sections });
const ring = (times: number) => ({ name: 'ring', options: { times } });
const knock = { name: 'knock' };

describe('PolicyScopes', () => {
  it.each([
    ['an absent scope', undefined, ['1 global', '2 global']],
    ['an absent section', { outbound: [knock] }, ['1 global', '2 global']],
    ['an empty section', { inbound: [] }, []],
    ['a section without base', { inbound: [ring(9)] }, ['9 route']],
    ['base first', { inbound: ['base', ring(9)] }, ['1 global', '2 global', '9 route']],
    ['base last', { inbound: [ring(9), 'base'] }, ['9 route', '1 global', '2 global']],
    ['base in the middle', { inbound: [ring(8), 'base', ring(9)] }, ['8 route', '1 global', '2 global', '9 route']],
  ] satisfies [string, PolicySections | undefined, string[]][])('merges %s of a route with the global scope', (_, sections, expected) => {
    const effective = scopes({ inbound: [ring(1), ring(2)] }).forRoute(sections && ofRoute(sections));
    expect(effective.section('inbound').map(({ options, origin }) => `${(options as Options).times} ${origin}`)).toEqual(expected);
  });

  it('takes base in the global scope for nothing: there is no wider one', () => {
    expect(scopes({ inbound: ['base', ring(1)] }).forRoute().section('inbound')).toHaveLength(1);
  });

  it('shows every step with its section, its origin and the place where it is written', () => {
    const effective = scopes({ inbound: [ring(1)] }).forRoute(ofRoute({ inbound: ['base', knock], onError: [knock] }));
    expect(String(effective).split('\n')).toEqual([
      'inbound ring (global, policies.inbound[0].ring)',
      'inbound knock (route, routes.a.policies.inbound[1].knock)',
      'onError knock (route, routes.a.policies.onError[0].knock)',
    ]);
  });

  it('gives options their defaults, frozen, and takes an instance as it is', () => {
    const given = Object.assign(new Options(), { times: 5 });
    const [byDefault, own] = scopes({ inbound: [knock, { name: 'ring', options: given }] }).forRoute().section('inbound');
    expect(byDefault?.options).toEqual({ times: 1 });
    expect(byDefault?.options).toBeInstanceOf(Options);
    expect(Object.isFrozen(byDefault?.options)).toBe(true);
    expect(own?.options).toBe(given);
  });

  it('reports every fault of a scope at once, with its path', () => {
    const sections = { inbound: ['base', 'base', { name: 'sing' }, ring(0)], backend: [{ name: 'ring', options: { time: 1 } }], outbound: [{ name: 'ring', options: [] }], inbond: [] };
    expect(faultsOf(() => scopes({}).forRoute(ofRoute(sections as PolicySections)))).toEqual([
      `routes.a.policies.inbond: is no section; there are ${policySections.join(', ')}`,
      'routes.a.policies.inbound[1]: base may stand here once only',
      'routes.a.policies.inbound[2]: there is no policy called sing; known are ring, knock',
      'routes.a.policies.inbound[3].ring.times: must not be less than 1',
      expect.stringMatching(/^routes\.a\.policies\.backend\[0\]\.ring\.time: /),
      'routes.a.policies.outbound[0].ring: must be an object',
    ]);
  });

  it('reports the faults of the global scope when it is made', () => {
    expect(faultsOf(() => scopes({ inbound: [{ name: 'sing' }] }))).toEqual(['policies.inbound[0]: there is no policy called sing; known are ring, knock']);
  });

  it('puts what decorators declare behind the global scope, in every section', () => {
    const effective = scopes({ outbound: [ring(1)] }).forOperation([{ type: Knock, options: new Options() }]);
    expect(String(effective).split('\n')).toEqual([
      'inbound knock (decorator, @UsePolicy(Knock))',
      'backend knock (decorator, @UsePolicy(Knock))',
      'outbound ring (global, policies.outbound[0].ring)',
      'outbound knock (decorator, @UsePolicy(Knock))',
      'onError knock (decorator, @UsePolicy(Knock))',
    ]);
  });
});
