import { Ajv } from 'ajv';
import { IsEmail, IsInt, IsOptional, Matches, Min, ValidateIf } from 'class-validator';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GatewayFile } from '../../test/gateway-file.js';
import { faultsOf } from '../../test/read-text.js';
import { Section, SectionMap, Setting, describeJsonSchema, type ConfigClass } from '../index.js';

const describeFile = (type: ConfigClass) => describeJsonSchema(type, { title: 'A file', id: 'https://example.org/file.json' });
const schema = describeFile(GatewayFile);
const validate = new Ajv({ allowUnionTypes: false }).compile(schema);

const route = (rest: string) => `version: 1\nroutes: { a: { match: { path: /a }${rest === '' ? '' : `, ${rest}`} } }`;
const match = (rest: string) => `version: 1\nroutes: { a: { match: { path: /a, ${rest} } } }`;
const service = (rest: string) => `version: 1\nservices: { a: { instances: [x], ${rest} } }`;

const good: string[] = [
  'version: 1',
  '"$schema": ./gateway.json\nversion: 1',
  'version: ${VERSION}',
  'version: ${NONE:-1}',
  route(''),
  route('rateLimit: {}'),
  route('rateLimit: { limit: "${LIMIT}" }, timeoutMs: 0'),
  route('claims: { require: { constructor: [sales, "${LIMIT}0"], b: [] } }'),
  route('inbound: []'),
  route('inbound: [base, limit, { limit: {} }, { set-header: { name: a } }, { remove: [] }, { remove: "${TEXTS}" }]'),
  match('methods: [GET, "${METHOD}"], headers: { a: b, constructor: "${LIMIT}" }, caseSensitive: "${FLAG}"'),
  match('methods: "${METHOD}"'),
  service('balancer: least-request'),
  service('balancer: { least-request: {} }'),
  service('balancer: "${NONE:-least-request}"'),
  service('balancer: { cookie-affinity: { cookie: c, secret: "${SECRET}" } }'),
  service('balancer: { cookie-affinity: { cookie: c, secret: { file: "${FILE}" } } }'),
  'version: 1\nparts: [{ route: a, weights: [1, 2.5, "${LIMIT}"] }]',
];

const bad: string[] = [
  '{}',
  '[]',
  'version: 2',
  'version: "1"',
  'version: v${VERSION}',
  'version: ${VERSION',
  'version: 1\nverison: 1',
  'version: 1\nroutes: []',
  'version: 1\nroutes: { a: {} }',
  'version: 1\nroutes: { a: { match: {} } }',
  'version: 1\nroutes: { a: { match: { path: a } } }',
  'version: 1\nroutes: { 1: { match: { path: /a } } }',
  'version: 1\nroutes: { a/b: { match: { path: /a } } }',
  route('$schema: x'),
  route('timeoutMs: -1'),
  route('timeoutMs: 1.5'),
  route('timeoutMs: "1"'),
  route('timeoutMs:'),
  route('rateLimit: 1'),
  route('rateLimit: { limit: 0 }'),
  route('rateLimit: { limit: 1001 }'),
  route('claims: { require: { a: sales } }'),
  route('claims: { require: { a: [s] } }'),
  route('claims: { require: [] }'),
  route('inbound: base'),
  route('inbound: [bas]'),
  route('inbound: [remove]'),
  route('inbound: [set-header]'),
  route('inbound: [{ base: {} }]'),
  route('inbound: [{}]'),
  route('inbound: [{ limit: {}, remove: [] }]'),
  route('inbound: [{ limit: }]'),
  route('inbound: [{ remove: [1] }]'),
  match('methods: [FETCH]'),
  match('methods: GET'),
  match('headers: { a: 1 }'),
  match('headers: { a: abcdefghijklmnopqrstuvwxyz }'),
  match('headers: a'),
  match('caseSensitive: 1'),
  match('caseSensitive: "true"'),
  'version: 1\nservices: { a: {} }',
  'version: 1\nservices: { a: { instances: [] } }',
  service('balancer: cookie-affinity'),
  service('balancer: { cookie-affinity: {} }'),
  service('balancer: { cookie-affinity: { cookie: c, secret: short } }'),
  service('balancer: { cookie-affinity: { cookie: c, secret: { path: x } } }'),
  service('balancer: { cookie-affinity: { cookie: { file: x } } }'),
  service('balancer: [least-request]'),
  'version: 1\nparts: []',
  'version: 1\nparts: {}',
  'version: 1\nparts: [{}]',
  'version: 1\nparts: [{ route: a, weights: [x] }]',
];

// This file has more than 8 characters: a secret that is long enough.
const env = { VERSION: '1', LIMIT: '5', TEXTS: 'a,b', METHOD: 'GET', FLAG: 'true', SECRET: 'long enough', FILE: import.meta.filename };

describe('describeJsonSchema', () => {
  it.each(good)('accepts, as the loader does: %s', (text) => {
    expect(faultsOf(text, env)).toEqual([]);
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
  });

  it.each(bad)('refuses, as the loader does: %s', (text) => {
    expect(faultsOf(text, env)).not.toEqual([]);
    expect(validate(parse(text))).toBe(false);
  });

  it('says what the decorators say', () => {
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', $id: 'https://example.org/file.json', title: 'A file', required: ['version'], additionalProperties: false });
    const definitions = schema['definitions'] as Record<string, { properties: Record<string, unknown> }>;
    expect(definitions['Limit']?.properties['limit']).toMatchObject({
      description: 'Requests in a window. Unit: requests.',
      default: 100,
      anyOf: [{ type: 'integer', minimum: 1, maximum: 1_000 }, { type: 'string' }],
    });
    expect(definitions['RouteSection']?.properties['rateLimit']).toEqual({ description: 'How many requests.', allOf: [{ $ref: '#/definitions/Limit' }] });
    expect(definitions['RouteSection']?.properties['inbound']).toMatchObject({ default: ['base'] });
    expect(definitions['ServiceSection']?.properties['balancer']).toMatchObject({ default: { 'least-request': {} } });
    expect(Object.keys(definitions).sort()).toEqual(['ClaimsSection', 'CookieAffinity', 'LeastRequest', 'Limit', 'MatchSection', 'PartSection', 'RouteSection', 'ServiceSection', 'SetHeader']);
  });

  it('puts into words what no keyword says', () => {
    class Odd {
      @Setting({ description: 'An address' })
      @IsEmail()
      mail = '';
      @Setting({ description: 'A word' })
      @Matches(/^a$/i)
      word = 'A';
      @Setting({ description: 'A number' })
      @ValidateIf(() => false)
      @IsInt()
      @Min(5)
      number = 1;
    }
    expect(describeFile(Odd)['properties']).toMatchObject({
      mail: { description: 'An address. Must be: is email.', type: 'string' },
      word: { description: 'A word. Must be: matches `/^a$/i`.', type: 'string' },
      number: { description: 'A number. Must be: whole number; at least 5.', anyOf: [{ type: 'number' }, {}] },
    });
  });

  it('writes a class again where other defaults or another class of its name stand, and shows no default of a secret', () => {
    const inner = (() => {
      class Inner {
        @Setting({ description: 'Size' })
        size = 1;
        @Setting({ description: 'Key', secret: true })
        key = 'hunter2';
      }
      return Inner;
    })();
    const other = (() => {
      class Inner {
        @Setting({ description: 'Colour' })
        @IsOptional()
        colour?: string;
      }
      return Inner;
    })();
    class Outer {
      @Section(() => inner, { description: 'First' })
      first = Object.assign(new inner(), { size: 2 });
      @SectionMap(() => inner, { description: 'Others', keys: ['a'] })
      others!: object;
      @Section(() => other, { description: 'Second' })
      second!: object;
    }
    const described = describeFile(Outer);
    expect(described['properties']).toMatchObject({
      first: { allOf: [{ properties: { size: { default: 2 } } }] },
      others: { properties: { a: { $ref: '#/definitions/Inner' } }, additionalProperties: false },
      second: { allOf: [{ $ref: '#/definitions/Inner2' }] },
    });
    expect(JSON.stringify(described)).not.toContain('hunter2');
  });
});
