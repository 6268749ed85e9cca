import { describe, expect, it } from 'vitest';
import { faultsOf, read } from '../test/read-text.js';

describe('the syntax of a file', () => {
  it.each([
    ['a tab', 'version:\n\t1', 'a.yaml:2:1: is indented by a tab; YAML takes spaces'],
    ['another indentation', 'routes:\n  a: {}\n b: {}', 'a.yaml:3:1: is indented wrongly, or a bracket is not closed'],
    ['a bracket left open', 'routes: {a: 1', 'a.yaml:1:14: is indented wrongly, or a bracket is not closed'],
    ['a second document', 'version: 1\n---\nversion: 1', 'a.yaml:2:1: begins a second document; one file holds one'],
    ['an alias of nothing', 'version: *x', 'a.yaml:1:1 version: is an alias of an anchor that is not there'],
    ['an alias of what it stands in', 'routes: &r { a: *r }', 'a.yaml:1:14 routes.a: is an alias of what it stands in'],
    ['a tag', 'version: !!binary aGk=', 'a.yaml:1:10: has a tag; none is known here'],
    ['a tag that would make an object', 'version: !!js/function "x"', 'a.yaml:1:10: has a tag; none is known here'],
    ['a key that is a list', 'version: 1\n? [a]\n: 1', 'a.yaml:2:3 (root): has a key that is no name'],
    ['a key that is empty', 'version: 1\n~: 1', 'a.yaml:2:1 (root): has a key that is no name'],
    ['a key given twice', 'version: 1\nroutes: {}\nversion: 1', 'a.yaml:3:1 version: is given twice; the first is in line 1'],
    ['deep nesting', `version: ${'['.repeat(50_000)}`, 'a.yaml:1:209: is nested deeper than 200 levels'],
    ['deep nesting of blocks', `version: 1\n${'- '.repeat(50_000)}`, 'a.yaml:2:402: is nested deeper than 200 levels'],
  ])('with %s is a fault and no crash', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it('makes nothing of anchors that multiply', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]', ...'bcdefghij'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(',')}]`)].join('\n');
    expect(faultsOf(bomb)).toEqual([expect.stringMatching(/^a\.yaml:\d+:\d+ \w\S*: has aliases that stand for more than 100000 values$/)]);
  });

  it('is YAML 1.2 even where a directive says otherwise', () => {
    expect(faultsOf('%YAML 1.1\n---\nversion: 1\nroutes: { a: { match: { path: /, caseSensitive: yes } } }')).toEqual([
      'a.yaml:4:34 routes.a.match.caseSensitive: must be a boolean, but is a string',
    ]);
  });

  it('takes numbers as names for what is written', () => {
    expect(read('version: 1\nroutes: { a: { match: { path: /, headers: { 010: x, 0x1F: y, 1: z } } } }').routes['a']?.match.headers).toEqual({ '010': 'x', '0x1F': 'y', '1': 'z' });
  });

  it('reads lines that end in CR LF', () => {
    expect(faultsOf('version: 1\r\nroutes:\r\n  a:\r\n    match: { path: a }\r\n')).toEqual(['a.yaml:4:14 routes.a.match.path: must begin with "/"']);
  });
});
