import { describe, expect, it } from 'vitest';
import { isPorticoError } from '@portico/core';
import { compilePath } from './path-template.js';

const product = compilePath('/products/:id/reviews');

describe('compilePath', () => {
  it('puts each parameter into its place', () => {
    expect(compilePath('/baskets/:id/lines/:productId')({ productId: 'p-2', id: 'b-1' })).toBe('/baskets/b-1/lines/p-2');
    expect(compilePath('/orders/:id')({ id: 42 })).toBe('/orders/42');
    expect(compilePath('/')({})).toBe('/');
    expect(compilePath('/:a/:a')({ a: 'x' })).toBe('/x/x');
  });

  it.each([
    ['a/b', 'a%2Fb'],
    ['../../admin', '..%2F..%2Fadmin'],
    ['..%2fadmin', '..%252fadmin'],
    ['%2e%2e', '%252e%252e'],
    ['a\\b', 'a%5Cb'],
    ['x?all=1', 'x%3Fall%3D1'],
    ['x#y', 'x%23y'],
    ['x;v=1', 'x%3Bv%3D1'],
    ['x y', 'x%20y'],
    ['x\r\nhost: evil', 'x%0D%0Ahost%3A%20evil'],
    ['x\u0000', 'x%00'],
    ['äß€😀', '%C3%A4%C3%9F%E2%82%AC%F0%9F%98%80'],
    ['\ud800', '%EF%BF%BD'],
    ['...', '...'],
    ['-._~', '-._~'],
  ])('lets %j be nothing but one segment', (value, written) => {
    expect(product({ id: value })).toBe(`/products/${written}/reviews`);
    expect(new URL(product({ id: value }), 'http://service').pathname.split('/')).toHaveLength(4);
  });

  it.each([[''], ['.'], ['..']])('knows no resource by the name %j, whoever sent it', (value) => {
    let thrown: unknown;
    try {
      product({ id: value });
    } catch (error) {
      thrown = error;
    }
    expect(isPorticoError(thrown) && thrown.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('says which parameter is missing', () => {
    expect(() => product({ identity: 'p-1' })).toThrow(new TypeError('/products/:id/reviews needs the parameter id'));
  });

  it.each([[''], ['products'], ['http://other/x'], ['/products?page=1'], ['/products#top'], ['/a b'], ['/a/../b'], ['/./a'], ['/:'], ['/files/:name.json'], ['/a-:id'], ['/:a:b'], ['/a\nb']])(
    'refuses %j at start',
    (template) => {
      expect(() => compilePath(template)).toThrow(TypeError);
    },
  );
});
