import { describe, expect, it } from 'vitest';
import { found, request, table } from '../test/fixtures.js';

describe('templates', () => {
  it.each([
    ['/orders/{id}', '/orders/17', '/orders/{id} id=17'],
    ['/orders/{id}', '/orders/', 'none'],
    ['/orders/{id}', '/orders/17/lines', 'none'],
    ['/orders/{id}', '/orders/a%2Fb', '/orders/{id} id=a%2Fb'],
    ['/{tenant}/orders', '/acme/orders', '/{tenant}/orders tenant=acme'],
    ['/', '/', '/'],
    ['/v{ver}/x', '/v12/x', '/v{ver}/x ver=12'],
    ['/v{ver}/x', '/v/x', 'none'],
    ['/v{ver}/x', '/v1/y/x', 'none'],
    ['/{b}-{c}_abcd', '/def-ghi_abcd', '/{b}-{c}_abcd c=ghi b=def'],
    ['/{b}-{c}', '/a-b-c', '/{b}-{c} c=c b=a-b'],
    ['/{b}-{c}', '/-c', 'none'],
    ['/files/{path*}', '/files/a/b/', '/files/{path*} path=a/b/'],
    ['/files/{path*}', '/files/', '/files/{path*} path='],
    ['/files/{path*}', '/files', '/files/{path*} path=(left out)'],
    ['/files/{path*}', '/files2', 'none'],
    ['/f-{path*}', '/f-a/b', '/f-{path*} path=a/b'],
    ['/f-{path*}', '/f-', '/f-{path*} path='],
    ['/f-{path*}', '/', 'none'],
    ['/{all*}', '/', '/{all*} all='],
    ['/{all*}', '/a/b', '/{all*} all=a/b'],
    ['/Orders', '/orders', 'none'],
    ['/a', '/a/', 'none'],
    ['/a/', '/a', 'none'],
  ])('%s and the path %s: %s', (template, path, expected) => {
    expect(found(table(template), path)).toBe(expected);
  });

  it('takes a slash at the end or none where it is optional', () => {
    for (const path of ['/a', '/a/']) {
      const routes = table({ path, trailingSlash: 'optional' });
      expect([found(routes, '/a'), found(routes, '/a/'), found(routes, '/a//')]).toEqual([path, path, 'none']);
    }
  });

  it('compares letters without case where it should, and catches them as they were', () => {
    const routes = table({ path: '/Shop/{id}/v{ver}', caseSensitive: false });
    expect(found(routes, '/sHOP/Ab/V2x')).toBe('/Shop/{id}/v{ver} id=Ab ver=2x');
  });

  it('takes a long path apart in no time, whatever the template', () => {
    const path = `/${'a-'.repeat(20_000)}`;
    expect(found(table('/{a}-{b}-{c}-{d}-{e}_end'), path)).toBe('none');
  });
});

describe('precedence', () => {
  it.each([
    ['literals before placeholders', ['/a/{x}', '/a/b'], '/a/b', '/a/b'],
    ['placeholders before a rest', ['/a/{x*}', '/a/{x}'], '/a/b', '/a/{x} x=b'],
    ['glued ones before plain ones', ['/a/{x}', '/a/v{x}'], '/a/v1', '/a/v{x} x=1'],
    ['the more literal text of two glued ones', ['/{x}-b', '/{x}-a-b'], '/1-a-b', '/{x}-a-b x=1'],
    ['from the left', ['/{x}/c', '/a/{y*}'], '/a/c', '/a/{y*} y=c'],
    ['the first of two alike', ['/{x}', '/{y}'], '/a', '/{x} x=a'],
  ])('%s', (_, templates, path, expected) => {
    expect(found(table(...templates), path)).toBe(expected);
  });

  it('goes back to a less specific route where a more specific one leads nowhere', () => {
    const routes = table('/a/b/c', '/a/{x}/d', '/{all*}');
    expect([found(routes, '/a/b/d'), found(routes, '/a/b/e')]).toEqual(['/a/{x}/d x=b', '/{all*} all=a/b/e']);
  });

  it('puts a priority above everything, then a host, then conditions, then named methods', () => {
    const plain = { path: '/a', name: 'plain' };
    const named = { path: '/a', name: 'method', methods: ['GET'] };
    const query = { path: '/a', name: 'query', query: { q: '' } };
    const host = { path: '/{x}', name: 'host', host: 'shop.test' };
    const priority = { path: '/{x*}', name: 'priority', priority: 1 };
    const ask = (...routes: Parameters<typeof table>) => found(table(...routes), '/a?q=1', { headers: { host: 'shop.test' } }).split(' ')[0];
    expect([ask(plain, named), ask(plain, named, query), ask(plain, named, query, host), ask(plain, named, query, host, priority)]).toEqual(['method', 'query', 'host', 'priority']);
  });
});

describe('conditions', () => {
  it('names the methods that would do, of every route that has the path', () => {
    const routes = table({ path: '/a', methods: ['GET', 'HEAD'] }, { path: '/{x}', methods: ['POST'] });
    expect([found(routes, '/a', { method: 'PUT' }), found(routes, '/a', { method: 'POST' }), found(routes, '/b', { method: 'GET' })]).toEqual(['only GET,HEAD,POST', '/{x} x=a', 'only POST']);
  });

  it.each([
    ['shop.test', 'shop.test', true],
    ['shop.test', 'SHOP.test:8080', true],
    ['shop.test:8080', 'shop.test:8080', true],
    ['shop.test:8080', 'shop.test', false],
    ['shop.test', 'evil.shop.test', false],
    ['shop.test', undefined, false],
  ])('the host %s and a client that names %s: %s', (host, named, expected) => {
    expect(found(table({ path: '/', host }), '/', { headers: named === undefined ? {} : { host: named } }) === '/').toBe(expected);
  });

  it('wants header fields with whole values and catches pieces of them', () => {
    const routes = table({ path: '/', headers: { 'x-region': 'eu-{land}', 'x-any': '' } });
    expect(found(routes, '/', { headers: { 'x-region': 'eu-pl', 'x-any': 'q' } })).toBe('/ land=pl');
    expect(found(routes, '/', { headers: { 'x-region': 'eu-pl' } })).toBe('none');
    expect(found(routes, '/', { headers: { 'x-region': 'us-pl', 'x-any': '' } })).toBe('none');
  });

  it('takes text in header templates as it stands: it is no expression', () => {
    expect(found(table({ path: '/', headers: { a: 'x.z' } }), '/', { headers: { a: 'xyz' } })).toBe('none');
  });

  it('wants parameters in any place and catches the first value that fits', () => {
    const routes = table({ path: '/', query: { unit: 'u-{id}', lang: '{lang}' } });
    expect(found(routes, '/?lang=&x=1&unit=none&unit=u-2')).toBe('/ id=2 lang=');
    expect([found(routes, '/?unit=u-2'), found(routes, '/?unit=x&lang=en'), found(routes, '/')]).toEqual(['none', 'none', 'none']);
  });
});

describe('explain', () => {
  it('says of each route why it was not taken', () => {
    const routes = table(
      { path: '/a', name: 'one', host: 'shop.test' },
      { path: '/a', name: 'two', methods: ['POST'] },
      { path: '/a', name: 'three', query: { q: '' } },
      { path: '/a', name: 'four' },
      { path: '/{x}', name: 'five' },
      { path: '/b', name: 'six' },
    );
    const verdicts = Object.fromEntries(routes.explain(request('/a')).map(({ entry, verdict }) => [entry, verdict]));
    expect(verdicts).toEqual({ one: 'host', two: 'method', three: 'query', four: 'taken', five: 'outranked', six: 'path' });
  });
});
