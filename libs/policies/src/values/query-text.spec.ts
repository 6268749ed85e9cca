import { describe, expect, it } from 'vitest';
import { appendParameter, removeParameter, setParameter } from './query-text.js';

describe('the text of a query', () => {
  it.each([
    ['', 'a=9'],
    ['a=1', 'a=9'],
    ['b=1', 'b=1&a=9'],
    ['a=1&b=2&a=3', 'a=9&b=2'],
    ['b&a&c', 'b&a=9&c'],
    ['%61=1&b=%zz&c=a+b&d=%2', 'a=9&b=%zz&c=a+b&d=%2'],
    ['b=1&&c==&=', 'b=1&&c==&=&a=9'],
    ['A=1&aa=2', 'A=1&aa=2&a=9'],
  ])('set in %j is %j', (query, expected) => {
    expect(setParameter(query, 'a', 'a=9')).toBe(expected);
  });

  it.each([
    ['', ''],
    ['a=1', ''],
    ['a=1&b=2&a&%61=3&b=4', 'b=2&b=4'],
    ["x='a:b'&y=%2f%2F&a=", "x='a:b'&y=%2f%2F"],
    ['%a=1&a=2', '%a=1'],
  ])('without a parameter, %j is %j', (query, expected) => {
    expect(removeParameter(query, 'a')).toBe(expected);
  });

  it('knows a name with a space in either spelling', () => {
    expect(removeParameter('a+b=1&a%20b=2&c=3', 'a b')).toBe('c=3');
  });

  it.each([
    ['', 'a=9'],
    ['a=1&b', 'a=1&b&a=9'],
  ])('appended to %j is %j', (query, expected) => {
    expect(appendParameter(query, 'a=9')).toBe(expected);
  });
});
