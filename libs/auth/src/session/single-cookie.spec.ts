import { describe, expect, it } from 'vitest';
import { singleCookie } from './single-cookie.js';

describe('singleCookie', () => {
  it.each<[string | string[] | undefined, string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['b=2', undefined],
    ['a=1', '1'],
    ['b=2; a=1; c=3', '1'],
    ['b=2;a=1', '1'],
    ['a = 1 ', '1'],
    ['aa=1; xa=2; a-tx=3', undefined],
    ['A=1', undefined],
    ['a', undefined],
    ['b=a=1', undefined],
    ['a=x=y', 'x=y'],
    ['a=', ''],
    ['a=1; a=1', ''],
    ['a=1;\ta=2', ''],
    [['a=1', 'b=2'], '1'],
    [['a=1', 'a=2'], ''],
    [';;; a=1', '1'],
  ])('reads %j as %j', (field, value) => {
    expect(singleCookie(field, 'a')).toBe(value);
  });
});
