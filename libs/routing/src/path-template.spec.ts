import { describe, expect, it } from 'vitest';
import { route } from '../test/fixtures.js';
import { duplicateRoutes } from './duplicate-routes.js';
import { parsePathTemplate } from './path-template.js';

describe('parsePathTemplate', () => {
  it.each([
    ['a', 'must begin with "/"'],
    ['', 'must begin with "/"'],
    ['/a//b', 'must not contain "//"'],
    ['/a?b', 'without query'],
    ['/{a}/{a}', 'names the placeholder {a} twice'],
    ['/{a*}/b', 'may only stand at the end'],
    ['/x{a*}y', 'may only stand at the end'],
    ['/{b}-{a*}', 'may follow plain text only'],
    ['/{a}{b}', 'without text between them'],
    ['/{}', 'names no placeholder'],
    ['/{a b}', 'blanks'],
    ['/a}', 'belongs to no placeholder'],
  ])('refuses %s: %s', (text, message) => {
    expect(() => parsePathTemplate(text)).toThrow(message);
  });

  it('gives the names of the placeholders in order', () => {
    expect(parsePathTemplate('/{a}/v{b}-{c}/{d*}').names).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('duplicateRoutes', () => {
  const pairs = (...routes: Parameters<typeof route>[]) => duplicateRoutes(routes.map((given) => route(...given)));

  it('finds routes that take the same requests, whatever their placeholders are called', () => {
    expect(pairs([{ path: '/a/{x}' }, 'one'], [{ path: '/a/{y}', methods: ['GET'] }, 'two'])).toEqual([['one', 'two']]);
    expect(pairs([{ path: '/A', caseSensitive: false }, 'one'], [{ path: '/a', caseSensitive: false }, 'two'])).toEqual([['one', 'two']]);
  });

  it('leaves those alone that differ in a condition', () => {
    expect(pairs([{ path: '/a' }], [{ path: '/a', headers: { x: '1' } }], [{ path: '/a', host: 'h' }], [{ path: '/a', priority: 1 }], [{ path: '/b' }])).toEqual([]);
    expect(pairs([{ path: '/a', methods: ['GET'] }], [{ path: '/a', methods: ['POST'] }])).toEqual([]);
  });
});
