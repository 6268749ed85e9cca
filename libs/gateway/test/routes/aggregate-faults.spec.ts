import { builtInPolicies, PolicyRegistry } from '@portico/policies';
import { describe, expect, it } from 'vitest';
import { loadRouteSet } from '../../src/routes/file/load-route-set.js';
import { anyone, writeGatewayFile } from './aggregate-app.js';

type Json = Readonly<Record<string, unknown>>;

const order = { match: { path: '/o/{id}' }, to: { service: 'shop' }, ...anyone };
const prices = { match: { path: '/prices' }, to: { service: 'shop' }, ...anyone };
const closed = { match: { path: '/closed' }, to: { service: 'shop' }, access: { scopes: ['staff'] } };
const tenants = { match: { path: '/tenants' }, to: { service: 'shop' }, ...anyone, policies: { inbound: [{ 'set-header': { name: 'x-a', value: 'b' } }] } };

async function faultsOf(parts: Json, more: Json = {}): Promise<string[]> {
  const file = await writeGatewayFile({ routes: { order, prices, closed, tenants }, aggregates: { page: { match: { path: '/page/{id}' }, ...anyone, parts, ...more } } });
  try {
    loadRouteSet([file], { env: {}, registry: new PolicyRegistry(builtInPolicies), services: ['shop'], aggregators: ['known'] });
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.replace(/^ {2}- \S+ aggregates\.page/, ''));
  }
}

const join = (more: Json) => ({ order: { route: 'order' }, prices: { route: 'prices', join: { ids: '$.order.ids', parameter: 'ids', ...more } } });

describe('a file with aggregates', () => {
  it('is taken when all of it is right', async () => {
    expect(await faultsOf({ ...join({}), closed: { route: 'closed', trusted: true }, tenants: { route: 'tenants', trusted: true } }, { aggregator: 'known' })).toEqual([]);
    expect(await faultsOf({ closed: { route: 'closed' } }, { access: { scopes: ['staff', 'more'] } })).toEqual([]);
  });

  it.each<[string, Json, string, Json?]>([
    ['no part', {}, '.parts: must be 1 to 50'],
    ['an unknown route', { a: { route: 'ordre' } }, '.parts.a.route: there is no route called ordre; known are order, prices, closed, tenants'],
    ['an unknown key', { a: { route: 'prices', requird: true } }, '.parts.a.requird: is not known here; did you mean required?'],
    ['a name that the engine uses', { input: { route: 'prices' } }, '.parts.input: cannot have this name'],
    ['two parts of one key', { a: { route: 'prices' }, b: { route: 'prices', as: 'a' } }, '.parts.b: is the second part that is called a in the answer'],
    ['an unknown aggregator', { a: { route: 'prices' } }, '.aggregator: there is no aggregator called other; known are known', { aggregator: 'other' }],
    ['a closed route in an open aggregate', { a: { route: 'closed' } }, '.parts.a.route: closed may refuse callers that the aggregate lets through, by its access: ask for as much in the aggregate, or say trusted: true'],
    ['a closed route for every user', { a: { route: 'closed' } }, '.parts.a.route: closed may refuse callers that the aggregate lets through, by its access: ask for as much in the aggregate, or say trusted: true', { access: {} }],
    ['a route that checks by a policy', { a: { route: 'tenants' } }, '.parts.a.route: tenants may refuse callers that the aggregate lets through, by its policies.inbound: ask for as much in the aggregate, or say trusted: true'],
    ['a placeholder without a value', { a: { route: 'order' } }, '.parts.a: {id} of the route order has no value: name it in with, or in the aggregate\'s match', { match: { path: '/page' } }],
    ['a text with an unknown placeholder', { a: { route: 'order', with: { id: 'x-{no}' } } }, ".parts.a.with.id: {no} is no placeholder of the aggregate's match"],
    ['a path that cannot be read', { a: { route: 'prices', when: '$.order[?]' } }, '.parts.a.when: cannot be read from "[?]" on: steps are .name, [\'name\'], [0] and [*]'],
    ['a path without a part', { a: { route: 'prices', when: '$[0]' } }, '.parts.a: "$[0]" must begin with the name of a part, as $.order'],
    ['a value that may be several', { a: { route: 'order', with: { id: '$.b.ids[*]' } }, b: { route: 'prices' } }, '.parts.a: "$.b.ids[*]" may find several values, and one is needed: see each and join'],
    ['a path into no part', { a: { route: 'order', with: { id: '$.b.id' } } }, '.parts.a: waits for b, which is no other part of the aggregate'],
    ['a part that waits for none', { a: { route: 'prices', after: ['b'] } }, '.parts.a: waits for b, which is no other part of the aggregate'],
    ['parts that wait for each other', { a: { route: 'prices', when: '$.b.x' }, b: { route: 'prices', after: ['c'] }, c: { route: 'prices', after: ['a'] } }, '.parts: the parts a, b, c, a wait for each other'],
    ['shares beyond the deadline', { a: { route: 'prices', share: 0.7 }, b: { route: 'prices', share: 0.7, after: ['a'] } }, '.parts: The part b gets no time: the shares along its chain of parts take more than the whole deadline'],
    ['each and join', { ...join({}), prices: { route: 'prices', join: { ids: '$.order.ids', parameter: 'ids' }, each: { values: '$.order.ids', parameter: 'id' } } }, '.parts.prices: is either each or join'],
    ['a default that is no JSON', { a: { route: 'prices', default: '{' } }, '.parts.a.default: is no JSON'],
    ['a default that is never used', { a: { route: 'prices', required: true, default: '1' } }, '.parts.a.default: is never used: the part is required'],
    ['an unknown code', { a: { route: 'prices', refusals: { 404: 'GONE' } } }, '.parts.a.refusals["404"]: is no code of the error table'],
    ['a refusal that is none', { a: { route: 'prices', refusals: { 500: 'RESOURCE_NOT_FOUND' } } }, '.parts.a.refusals: is about statuses from 400 to 499'],
    ['a body with an unknown placeholder', { a: { route: 'prices', send: '{"a":["{no}"]}' } }, ".parts.a.send: {no} is no placeholder of the aggregate's match"],
    ['two bodies', { a: { route: 'prices', body: true, send: '1' } }, '.parts.a.send: contradicts body beside it'],
    ['no fields to keep', { a: { route: 'prices', pick: [] } }, '.parts.a.pick: should not be empty'],
    ['a backend section', { a: { route: 'prices' } }, '.policies.backend: is not known here', { policies: { backend: [] } }],
    ['an empty chunk', join({ chunkSize: 0 }), '.parts.prices.join.chunkSize: must not be less than 1'],
  ])('is refused with %s', async (_, parts, fault, more) => {
    expect(await faultsOf(parts, more)).toEqual([fault]);
  });

  it('is refused when an aggregate is in the shadow of a route, and when it has its name', async () => {
    const file = await writeGatewayFile({ routes: { page: prices }, aggregates: { page: { match: { path: '/prices' }, ...anyone, parts: { a: { route: 'page' } } } } });
    const load = () => loadRouteSet([file], { env: {}, registry: new PolicyRegistry(builtInPolicies), services: ['shop'] });
    expect(load).toThrow(/aggregates\.page: is the name of a route already\n.*aggregates\.page\.match: is never reached: routes\.page takes the same requests/);
  });
});
