import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ClaimsSection, CookieAffinity, GatewayFile, LeastRequest, MatchSection, RouteSection, SetHeader } from '../test/gateway-file.js';
import { faultsOf, faultsOfCall, read } from '../test/read-text.js';
import { loadConfigFile } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'portico-'));
afterAll(() => rmSync(folder, { recursive: true }));

const routes = `version: 1
routes:
  images:
    match:
      path: /api/images
`;

describe('loadConfigFile: values', () => {
  it('reads every kind of member into instances of their classes', () => {
    const file = read(`${routes}      methods: [GET, HEAD]
      headers: { x-region: '{region}' }
    claims: { require: { department: [sales, support] } }
    inbound: [ base, { set-header: { name: x-a, value: b } }, limit, { remove: [x-c] } ]
services:
  legacy:
    instances: ['http://127.0.0.1:4009']
    balancer: { cookie-affinity: { cookie: x } }
  plain: { instances: [a] }
parts: [{ route: a, weights: [1, 2.5] }, { route: b }]
`);
    expect(file).toBeInstanceOf(GatewayFile);
    const { images } = file.routes;
    expect(images).toBeInstanceOf(RouteSection);
    expect(images?.match).toEqual({ path: '/api/images', methods: ['GET', 'HEAD'], headers: { 'x-region': '{region}' }, caseSensitive: true });
    expect(images?.claims).toBeInstanceOf(ClaimsSection);
    expect(images?.claims?.require).toEqual({ department: ['sales', 'support'] });
    expect(images?.inbound).toEqual(['base', { name: 'set-header', options: { name: 'x-a', value: 'b' } }, { name: 'limit', options: { limit: 100 } }, { name: 'remove', options: ['x-c'] }]);
    expect((images?.inbound[1] as { options: unknown }).options).toBeInstanceOf(SetHeader);
    expect(file.services['legacy']?.balancer).toEqual({ name: 'cookie-affinity', options: { cookie: 'x' } });
    expect(file.services['legacy']?.balancer.options).toBeInstanceOf(CookieAffinity);
    expect(file.services['plain']?.balancer.options).toBeInstanceOf(LeastRequest);
    expect(file.parts).toEqual([{ route: 'a', weights: [1, 2.5] }, { route: 'b', weights: [1] }]);
  });

  it('leaves what is absent at its default, and an optional section undefined', () => {
    const file = read('version: 1\nroutes: { a: { match: { path: / } } }');
    expect(file.routes['a']).toMatchObject({ timeoutMs: 0, inbound: ['base'] });
    expect(file.routes['a']?.rateLimit).toBeUndefined();
    expect(file.services).toEqual({});
    expect(file.parts).toEqual([{ route: 'images', weights: [1] }]);
    expect(read('version: 1\nroutes: { a: { match: { path: / }, rateLimit: {} } }').routes['a']?.rateLimit).toEqual({ limit: 100 });
  });

  it('keeps the order of routes', () => {
    expect(Object.keys(read('version: 1\nroutes: { b: { match: { path: / } }, a: { match: { path: / } }, _1: { match: { path: / } } }').routes)).toEqual(['b', 'a', '_1']);
  });

  it('is frozen at every depth and shares nothing with the next one', () => {
    const first = read(routes);
    for (const part of [first, first.routes, first.routes['images']?.match.headers, first.routes['images']?.inbound, first.parts, first.parts[0]]) expect(Object.isFrozen(part)).toBe(true);
    expect(read(routes).parts[0]).not.toBe(first.parts[0]);
  });

  it('reads JSON, indented by tabs as well, with a byte order mark', () => {
    const text = `\uFEFF${JSON.stringify({ version: 1, routes: { a: { match: { path: '/\u{1F600}' } } } }, null, '\t')}`;
    expect(read(text).routes['a']?.match.path).toBe('/\u{1F600}');
  });

  it('replaces an alias by what its anchor names', () => {
    const file = read('version: 1\nroutes:\n  a: { match: &m { path: /a } }\n  b: { match: *m }');
    expect(file.routes['b']?.match.path).toBe('/a');
    expect(file.routes['b']?.match).not.toBe(file.routes['a']?.match);
  });

  it('takes names from the prototypes of objects for what they are', () => {
    const file = read(`${routes}      headers: { constructor: a, toString: b }
  constructor: { match: { path: /c } }`);
    expect(file.routes['images']?.match.headers).toEqual(Object.assign(Object.create(null) as object, { constructor: 'a', toString: 'b' }));
    expect(file.routes['constructor']).toBeInstanceOf(RouteSection);
    expect(file.routes['toString']).toBeUndefined();
    expect(file.routes['images']?.match.headers['valueOf']).toBeUndefined();
    expect(faultsOf(`${routes}      headers: { __proto__: a }\n  __proto__: {}\n__proto__: {}`)).toEqual([
      'a.yaml:6:18 routes.images.match.headers.__proto__: is not a name that can stand here',
      'a.yaml:7:3 routes.__proto__: is not a name that can stand here',
      'a.yaml:8:1 __proto__: is not known here',
    ]);
    expect(({} as { match?: unknown }).match).toBeUndefined();
  });
});

describe('loadConfigFile: faults', () => {
  it('lists every fault at once, by place and path', () => {
    expect(
      faultsOf(`versoin: 1
routes:
  images:
    match:
      path: api
      methods: [GET, FETCH]
      caseSensitive: 'true'
      headers: { x-a: 1, x-b: abcdefghijklmnopqrstuvwxyz }
    timeoutMs: -1
    rateLimit: 5
    claims: { require: { department: [x, [y]] } }
    inbound: [bse, { limit: { limit: 0 } }, set-header, { base: {} }, {}, 7, remove, { limit: {}, remove: [] }]
  orders:
    match: {}
  9: {}
services:
  legacy: { instances: [], balancer: [] }
parts: []
`),
    ).toEqual([
      'a.yaml:1:1 versoin: is not known here; did you mean version?',
      'a.yaml:1:1 version: is required',
      'a.yaml:5:7 routes.images.match.path: must begin with "/"',
      'a.yaml:6:22 routes.images.match.methods[1]: must be one of the following values: GET, HEAD, POST',
      'a.yaml:7:7 routes.images.match.caseSensitive: must be a boolean, but is a string',
      'a.yaml:8:18 routes.images.match.headers.x-a: must be a string, but is a number',
      'a.yaml:9:5 routes.images.timeoutMs: must not be less than 0',
      'a.yaml:10:5 routes.images.rateLimit: must be a map, but is a number',
      'a.yaml:11:42 routes.images.claims.require.department[1]: must be a string, but is a list',
      'a.yaml:12:15 routes.images.inbound[0]: is none of base, set-header, limit, remove; did you mean base?',
      'a.yaml:12:31 routes.images.inbound[1].limit.limit: must not be less than 1',
      'a.yaml:12:45 routes.images.inbound[2]: needs options: write { set-header: … }',
      'a.yaml:12:59 routes.images.inbound[3].base: stands for itself: write base without options',
      'a.yaml:12:71 routes.images.inbound[4]: must have one key, one of base, set-header, limit, remove',
      'a.yaml:12:75 routes.images.inbound[5]: must be a map with one key, but is a number',
      'a.yaml:12:78 routes.images.inbound[6]: needs options: write { remove: … }',
      'a.yaml:12:86 routes.images.inbound[7]: must have one key, one of base, set-header, limit, remove',
      'a.yaml:14:5 routes.orders.match.path: is required',
      'a.yaml:15:3 routes["9"]: is not a name that can stand here',
      'a.yaml:17:13 services.legacy.instances: should not be empty',
      'a.yaml:17:28 services.legacy.balancer: must be a map with one key, but is a list',
      'a.yaml:18:1 parts: must have a part',
    ]);
  });

  it('finds the items of maps that their constraints refuse', () => {
    expect(faultsOf(`${routes}      headers: { x-b: abcdefghijklmnopqrstuvwxyz }\n    claims: { require: { department: [sales, y] } }`)).toEqual([
      'a.yaml:6:18 routes.images.match.headers.x-b: must be shorter than or equal to 20 characters',
      'a.yaml:7:46 routes.images.claims.require.department[1]: must be longer than or equal to 2 characters',
    ]);
  });

  it('never converts', () => {
    for (const [text, is] of [["'1'", 'a string'], ['true', 'a boolean'], ['', 'empty'], ['{}', 'a map'], ['.inf', 'a number'], ['0o1x', 'a string']]) {
      expect(faultsOf(`version: ${text}`), text).toEqual([`a.yaml:1:1 version: must be a number, but is ${is}`]);
    }
  });

  it('misses what an empty text does not say', () => {
    expect(faultsOf('# nothing yet')).toEqual(['a.yaml:1:1 version: is required']);
    expect(faultsOf('- a')).toEqual(['a.yaml:1:1 (root): must be a map, but is a list']);
  });

  it('names a file that cannot be read, and the syntax of all others', () => {
    const none = join(folder, 'none.yaml');
    expect(faultsOfCall(() => loadConfigFile(GatewayFile, [none, { file: 'b.yaml', text: 'a:\n  b: 1\n c: 2\nd: [1' }, { file: 'c.yaml', text: 'version: 2' }], { env: {} }))).toEqual([
      `${none}: cannot be read (ENOENT)`,
      'b.yaml:3:1: is indented wrongly, or a bracket is not closed',
      'b.yaml:4:6: is indented wrongly, or a bracket is not closed',
    ]);
  });
});

describe('loadConfigFile: files', () => {
  it('merges maps at every depth, replaces lists and values, and prefers the later file', () => {
    writeFileSync(join(folder, 'a.yaml'), 'version: 1\nservices: { x: { instances: [a, b], balancer: { cookie-affinity: { cookie: c } } }, y: { instances: [y] } }\n');
    writeFileSync(join(folder, 'b.json'), '{"services":{"x":{"instances":["c"],"balancer":{"cookie-affinity":{"cookie":"d"}}},"z":{"instances":["z"]}}}');
    const file = loadConfigFile(GatewayFile, [join(folder, 'a.yaml'), join(folder, 'b.json')], { env: {} });
    expect(file.services).toMatchObject({ x: { instances: ['c'], balancer: { options: { cookie: 'd' } } }, y: { instances: ['y'] }, z: { instances: ['z'] } });
  });

  it('merges the options of a choice only as long as it is the same', () => {
    const base = 'version: 1\nservices: { x: { instances: [a], balancer: { cookie-affinity: { cookie: c, secret: long enough } } } }';
    const chosen = (balancer: string) => read([base, `services: { x: { balancer: ${balancer} } }`]).services['x']?.balancer;
    expect(chosen('{ cookie-affinity: { cookie: d } }')).toEqual({ name: 'cookie-affinity', options: { cookie: 'd', secret: 'long enough' } });
    expect(chosen('cookie-affinity')).toEqual({ name: 'cookie-affinity', options: { cookie: 'c', secret: 'long enough' } });
    expect(chosen('least-request')).toEqual({ name: 'least-request', options: {} });
    expect(chosen('{ least-request: {} }')).toEqual({ name: 'least-request', options: {} });
    expect(faultsOf([base, 'services: { x: { balancer: least-request } }', 'services: { x: { balancer: { cookie-affinity: { secret: long enough } } } }'])).toEqual([
      'c.yaml:1:30 services.x.balancer.cookie-affinity.cookie: is required',
    ]);
  });

  it('merges maps of texts, key by key', () => {
    const sources = ['headers: { a: b, c: d }', 'headers: { c: e }'].map((text) => ({ file: 'x.yaml', text: `path: /\n${text}` }));
    expect(loadConfigFile(MatchSection, sources, { env: {} }).headers).toEqual({ a: 'b', c: 'e' });
  });

  it('refuses an entry of a unique map that two files define, and names both places', () => {
    expect(faultsOf([routes, 'routes:\n\n  images: { match: { path: /other } }'])).toEqual(['b.yaml:3:3 routes.images: is defined twice; the first is at a.yaml:3:3']);
  });

  it('names the file in which a merged value is wrong', () => {
    expect(faultsOf(['version: 1', 'version: 2'])).toEqual(['b.yaml:1:1 version: must be one of the following values: 1']);
  });
});
