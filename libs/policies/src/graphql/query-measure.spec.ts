import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { measureQuery } from './query-measure.js';

const measure = (text: string) => measureQuery(parse(text));

describe('the measure of a query', () => {
  it.each([
    ['{a}', { depth: 1, fields: 1, aliases: 0, reads: true, circular: false, schemaDepth: 0 }],
    ['{a{b{c}} d}', { depth: 3, fields: 4 }],
    ['{x: a{y: b} z: c}', { aliases: 3, fields: 3 }],
    ['{a{...{b} ... on T{c{d}}}}', { depth: 3, fields: 4 }],
    ['{...F ...F} fragment F on T{a{b}}', { depth: 2, fields: 4 }],
    ['{a{...F}} fragment F on T{b{...G}} fragment G on T{x: c}', { depth: 3, fields: 3, aliases: 1 }],
    ['query A{a} query B{a{b}} mutation C{x: c y: d z: e}', { depth: 2, fields: 3, aliases: 3, reads: false }],
    ['subscription {a}', { reads: false }],
    ['{__typename}', { schemaDepth: 0, depth: 1 }],
    ['{__schema{types{name}} a}', { schemaDepth: 3, depth: 1, fields: 4 }],
    ['{...F} fragment F on Query{x: __type(name:"A"){...G}} fragment G on __Type{ofType{name}}', { schemaDepth: 3, depth: 1, aliases: 1 }],
    ['{...F} fragment F on T{a ...F}', { circular: true }],
    ['{...F} fragment F on T{...G} fragment G on T{a{...F}}', { circular: true }],
    ['{...None}', { depth: 0, fields: 0, circular: false }],
    ['fragment F on T{a{b}}', { depth: 0, fields: 0 }],
  ])('of %s is %j', (text, expected) => {
    expect(measure(text)).toMatchObject(expected);
  });

  it('is found at once where fragments multiply beyond every number', () => {
    const bomb = Array.from({ length: 1_100 }, (_, index) => `fragment F${index} on T{...F${index + 1} ...F${index + 1}}`).join(' ');
    expect(measure(`{...F0} ${bomb} fragment F1100 on T{x: a}`)).toMatchObject({ fields: Infinity, aliases: Infinity, depth: 1 });
  });
});
