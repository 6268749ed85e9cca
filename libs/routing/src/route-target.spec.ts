import { describe, expect, it } from 'vitest';
import { request, route } from '../test/fixtures.js';
import type { RouteConditions } from './route-conditions.js';
import { RouteTable } from './route-table.js';
import { RouteTarget, type RouteTargetOptions } from './route-target.js';

interface Given extends Partial<Omit<RouteTargetOptions, 'query'>> {
  readonly from: Partial<RouteConditions> & { path: string };
  readonly keep?: RouteTargetOptions['query'];
  readonly to: string;
  readonly ask: string;
  readonly values?: Record<string, string>;
}

function sent({ from, to, ask, keep = 'keep', omit = 'used', trailingSlash = 'template', values = {} }: Given): string {
  const asked = request(ask);
  const finding = new RouteTable([route(from)]).find(asked);
  if (finding.kind !== 'route') throw new Error('The route was not taken');
  const target = new RouteTarget({ path: to, query: keep, omit, trailingSlash });
  const all = { ...Object.fromEntries(finding.captures.map(({ name, value }) => [name, value])), ...values };
  const query = target.query(finding.captures, all, asked.query);
  return target.path(finding.captures, all, asked.path) + (query === '' ? '' : `?${query}`);
}

const query = (parameters: Record<string, string>) => ({ path: '/a', query: parameters });

describe('the path that is sent', () => {
  it.each<[string, Given, string]>([
    ['puts in what was caught, as it was encoded', { from: { path: '/o/{id}' }, to: '/x-{id}/y', ask: '/o/a%2Fb%20c' }, '/x-a%2Fb%20c/y'],
    ['keeps the slashes of a rest', { from: { path: '/f/{p*}' }, to: '/files/{p}', ask: '/f/a/b/' }, '/files/a/b/'],
    ['leaves out the slash before a rest that was left out', { from: { path: '/f/{p*}' }, to: '/files/{p}', ask: '/f' }, '/files'],
    ['keeps it before an empty rest', { from: { path: '/f/{p*}' }, to: '/files/{p}', ask: '/f/' }, '/files/'],
    ['drops a slash at the end that the request has not, if asked to', { from: { path: '/t/{u}' }, to: '/x/{u}/', ask: '/t/1', trailingSlash: 'request' }, '/x/1'],
    ['keeps it otherwise', { from: { path: '/t/{u}' }, to: '/x/{u}/', ask: '/t/1' }, '/x/1/'],
    ['encodes what comes from the query, so that it stays one segment', { from: query({ u: '{u}' }), to: '/x/{u}', ask: '/a?u=..%2F..%2Fadmin%3Fq' }, '/x/..%2F..%2Fadmin%3Fq'],
    ['lets no value become a dot segment', { from: query({ u: '{u}' }), to: '/x/{u}/y', ask: '/a?u=..' }, '/x/%2E%2E/y'],
    ['encodes what a policy has set', { from: { path: '/o/{id}' }, to: '/x/{id}', ask: '/o/1', values: { id: 'a/b' } }, '/x/a%2Fb'],
    ['keeps the slash before a rest that was left out and that a policy has set', { from: { path: '/m/{id*}' }, to: '/members/{id}', ask: '/m', values: { id: '7' } }, '/members/7'],
    ['puts nothing where nothing was caught', { from: { path: '/o' }, to: '/x/{id}', ask: '/o' }, '/x/'],
  ])('%s', (_, given, expected) => {
    expect(sent(given)).toBe(expected);
  });
});

describe('the query that is sent', () => {
  it.each<[string, Given, string]>([
    ['is the one that came, byte for byte', { from: { path: '/o/{id}' }, to: '/o/{id}', ask: "/o/1?a=1&a=2&b&=&c='x'+%2B&&id=9" }, "/o/1?a=1&a=2&b&=&c='x'+%2B&&id=9"],
    ['is none where it is dropped', { from: { path: '/o' }, to: '/x?k=1', ask: '/o?a=1', keep: 'drop' }, '/x?k=1'],
    ['begins with the parameters of the target', { from: { path: '/o/{id}' }, to: '/x?unit={id}', ask: '/o/a%26b?z=1&y=2' }, '/x?unit=a%26b&z=1&y=2'],
    ['leaves out a parameter that was used up', { from: query({ lang: '{l}' }), to: '/x/{l}', ask: '/a?lang=en&z=1' }, '/x/en?z=1'],
    ['keeps one whose value is not used', { from: query({ lang: '{l}' }), to: '/x', ask: '/a?lang=en' }, '/x?lang=en'],
    ['lets no client replace or repeat a parameter of the target', { from: { path: '/o' }, to: '/x?role=user', ask: '/o?role=admin&ro%6Ce=admin&z=1' }, '/x?role=user&z=1'],
    ['passes a value on as it was sent', { from: query({ q: '{q}' }), to: '/x?filter={q}', ask: '/a?q=a+b%20c' }, '/x?filter=a+b%20c'],
    ['drops what is named like a placeholder, if asked to', { from: { path: '/o/{id}' }, to: '/x/{id}', ask: '/o/1?id=2&ID=3&z=1', omit: 'named' }, '/x/1?ID=3&z=1'],
    ['whatever its case, if asked to', { from: { path: '/o/{id}' }, to: '/x/{id}', ask: '/o/1?id=2&ID=3&z=1', omit: 'named-any-case' }, '/x/1?z=1'],
  ])('%s', (_, given, expected) => {
    expect(sent(given)).toBe(expected);
  });

  it('takes a parameter of the target from a policy', () => {
    expect(sent({ from: { path: '/o' }, to: '/x?user={user}', ask: '/o', values: { user: 'a&b' } })).toBe('/x?user=a%26b');
  });
});

describe('a target', () => {
  it('refuses a template that cannot be read', () => {
    const target = (path: string) => () => new RouteTarget({ path, query: 'keep', omit: 'used', trailingSlash: 'template' });
    expect(target('x')).toThrow('must begin with "/"');
    expect(target('/{a}{b}')).toThrow('without text between them');
    expect(target('/{a')).toThrow('belongs to no placeholder');
  });

  it('names the placeholders that it needs', () => {
    expect([...new RouteTarget({ path: '/{a}/x?b={b}', query: 'keep', omit: 'used', trailingSlash: 'template' }).placeholders]).toEqual(['a', 'b']);
  });
});
