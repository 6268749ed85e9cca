import { describe, expect, it } from 'vitest';
import { parseJsonPath } from './json-path.js';

const value: unknown = JSON.parse('{"a":{"b":[1,{"c":2},{"c":null}]},"the \\"name\\"":3,"über":4,"list":[[1,2],[3]],"x-y":{"p":5,"q":6},"__proto__":{"own":7}}');

describe('a path into JSON', () => {
  it.each<[string, unknown[]]>([
    ['$', [value]],
    ['$.a.b[0]', [1]],
    ['$.a.b[-1]', [{ c: null }]],
    ['$.a.b[3]', []],
    ['$.a.b[-4]', []],
    ['$.a.b[*].c', [2, null]],
    ["$['a']['b'][1][\"c\"]", [2]],
    ['$["the \\"name\\""]', [3]],
    ["$['the \"name\"']", [3]],
    ['$.über', [4]],
    ['$.list[*][*]', [1, 2, 3]],
    ['$.x-y.*', [5, 6]],
    ['$.a.c.d', []],
    ['$.a.b.c', []],
    ['$.a.b.length', []],
    ['$.constructor', []],
    ['$.a.toString', []],
    ['$.x-y.__proto__', []],
    ['$.__proto__.own', [7]],
  ])('%s finds what is there and nothing else', (path, found) => {
    expect(parseJsonPath(path).find(value)).toEqual(found);
  });

  it.each([null, 1, 'text', true, undefined])('finds nothing in %j', (scalar) => {
    for (const path of ['$.a', '$[0]', '$[*]']) expect(parseJsonPath(path).find(scalar)).toEqual([]);
  });

  it.each([
    ['a.b', 'must begin with "$"'],
    ['$a', 'cannot be read from "a" on'],
    ['$..a', 'cannot be read from "..a" on'],
    ['$.a[?(@.b)]', 'cannot be read from "[?(@.b)]" on'],
    ['$.a[0:2]', 'cannot be read from "[0:2]" on'],
    ["$['a]", 'cannot be read from'],
    ['$.', 'cannot be read from "." on'],
    ['$.1', 'cannot be read from ".1" on'],
  ])('cannot be %s', (path, message) => {
    expect(() => parseJsonPath(path)).toThrow(message);
  });

  it('knows whether it may find several values', () => {
    expect(['$.a', '$[0].b', '$.a[*]', '$.*.b'].map((path) => parseJsonPath(path).many)).toEqual([false, false, true, true]);
  });
});
