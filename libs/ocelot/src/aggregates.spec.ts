import { describe, expect, it } from 'vitest';
import { codesOf, ocelotRoute, notedAt } from '../test/fixtures.js';
import { importOcelot, type JsonObject } from './index.js';
import { names } from './names.js';

const schemes = ['Bearer'];
const routes = (left: JsonObject = {}): JsonObject[] => [ocelotRoute('/left', '/l', { Key: 'Left', [names.clientMethod]: ['Get'], ...left }), ocelotRoute('/right', '/r', { Key: 'right side', [names.clientMethod]: ['Get'] })];
const imported = (aggregate: JsonObject, left?: JsonObject) => importOcelot({ Routes: routes(left), Aggregates: [{ [names.clientPath]: '/both/{id}', RouteKeys: ['Left', 'right side'], ...aggregate }] }, { schemes });
const aggregateOf = (aggregate: JsonObject, left?: JsonObject): unknown => (imported(aggregate, left).file.aggregates as JsonObject)['both-id'];

describe('aggregates', () => {
  it('have their parts under the keys of the routes, in order', () => {
    expect(aggregateOf({})).toEqual({
      match: { path: '/both/{id*}', methods: ['GET'], caseSensitive: false, trailingSlash: 'exact', priority: 1 },
      access: { anonymous: true },
      parts: { Left: { route: 'left', required: true, anyStatus: true }, 'part-2': { route: 'right-side', as: 'right side', required: true, anyStatus: true } },
    });
  });

  it('call a part for each value in the answer of the first', () => {
    const config = [{ RouteKey: 'Left', JsonPath: '$[*].id', Parameter: 'id' }, { RouteKey: 'right side', JsonPath: '$[*].id', Parameter: 'id' }, { RouteKey: 'right side', JsonPath: '$', Parameter: 'x' }];
    expect(aggregateOf({ RouteKeysConfig: config })).toMatchObject({ parts: { 'part-2': { as: 'right side', after: ['Left'], each: { values: '$.Left[*].id', parameter: 'id', single: 'object' } } } });
    expect(notedAt(imported({ RouteKeysConfig: config }))).toEqual(['Aggregates[0].RouteKeysConfig[0]', 'Aggregates[0].RouteKeysConfig[2]']);
    expect(aggregateOf({ RouteKeys: ['right side', 'Left'], RouteKeysConfig: [{ RouteKey: 'Left', JsonPath: '$.a', Parameter: 'id' }] })).toMatchObject({
      parts: { Left: { after: ['part-1'], each: { values: '$["part-1"].a' } } },
    });
  });

  it('name an aggregator that is code', () => {
    expect(aggregateOf({ Aggregator: 'Mine' })).toMatchObject({ aggregator: 'Mine' });
    expect(notedAt(imported({ Aggregator: 'Mine' }))).toEqual(['Aggregates[0].Aggregator']);
  });

  it('ask of the caller what their parts ask', () => {
    expect(aggregateOf({}, { AuthenticationOptions: { AuthenticationProviderKeys: ['Bearer'], AllowedScopes: ['a'] } })).toMatchObject({ access: { scopes: ['a'], anyScope: true } });
  });

  it('ask for all of it together where the parts ask for different things', () => {
    const config = (left: JsonObject, right: JsonObject) => {
      const [first, second] = routes(left) as [JsonObject, JsonObject];
      return importOcelot({ Routes: [first, { ...second, ...right }], Aggregates: [{ [names.clientPath]: '/both', RouteKeys: ['Left', 'right side'] }] }, { schemes: ['Bearer', 'Other'] });
    };
    const asking = (keys: string[], ...scopes: string[]): JsonObject => ({ AuthenticationOptions: { AuthenticationProviderKeys: keys, AllowedScopes: scopes } });
    const both = config(asking(['Bearer', 'Other'], 'a'), asking(['Bearer'], 'b'));
    expect((both.file.aggregates as JsonObject)['both']).toMatchObject({ access: { scopes: ['a', 'b'], issuers: ['Bearer'], clients: true } });
    expect(notedAt(both)).toContain('Aggregates[0]');
    const filtered = config({ SecurityOptions: { IPAllowedList: ['10.0.0.1'] }, RateLimitOptions: { EnableRateLimiting: true, Period: '1s', Limit: 1, PeriodTimespan: 1 } }, {});
    const { addresses } = (filtered.file.routes as Record<string, JsonObject>)['left'] as JsonObject;
    expect((filtered.file.aggregates as JsonObject)['both']).toMatchObject({ addresses });
    expect(filtered.report.notes.map(({ reason }) => reason)).toContain('the limits of its parts count calls of their routes only; give the aggregate one of its own');
  });
});

describe('the start is refused', () => {
  it('for a part that no route is, and for one with a request id of its own', () => {
    expect(codesOf(imported({ RouteKeys: ['Left', 'Other'] }))).toEqual(['aggregate-route-key-missing']);
    expect(codesOf(imported({}, { RequestIdKey: 'x' }))).toEqual(['aggregate-route-has-request-id-key']);
  });

  it('for an aggregate at the place of another one or of a route', () => {
    const path = { [names.clientPath]: '/left', RouteKeys: ['Left'] };
    expect(importOcelot({ Routes: routes(), Aggregates: [path, path] }).faults.map(({ code, path: at }) => [at, code])).toEqual([['Routes[0]', 'duplicate-aggregate-route'], ['Aggregates[1]', 'duplicate-aggregate']]);
  });

  it.each([
    ['a', 'no-leading-slash'],
    ['', 'empty'],
    ['/a//b', 'double-slash'],
    ['/http://b', 'has-scheme'],
    ['/{a}/{a}', 'duplicate-placeholder'],
  ])('for the template "%s", on either side', (template, code) => {
    const client = ['up', 'stream'].join('');
    const service = ['down', 'stream'].join('');
    expect(codesOf(importOcelot({ Routes: [ocelotRoute(template, '/')] }))).toEqual([`${client}-template-${code}`]);
    expect(codesOf(importOcelot({ Routes: [ocelotRoute('/', template)] }))).toEqual([`${service}-template-${code}`]);
  });

  it('for what has the wrong type, and never by throwing', () => {
    for (const content of [null, [], 'x', { Routes: {} }, { Routes: [1] }, { Routes: [ocelotRoute('/a', '/a', { Priority: {}, RouteIsCaseSensitive: 'maybe', [names.clientMethod]: 'Get' })] }]) {
      expect(codesOf(importOcelot(content))).toContain('wrong-type');
    }
  });
});
