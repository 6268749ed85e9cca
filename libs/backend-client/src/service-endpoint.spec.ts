import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { defineService } from './index.js';

const shop = defineService('shop');

describe('an endpoint', () => {
  it('makes calls that say where to, with what', () => {
    const addLine = shop.post('/baskets/:id/lines', { reads: Type.Object({}) });
    const call = addLine({ params: { id: 'b/1' }, query: { dry: true }, body: { productId: 'p-1' }, headers: { 'x-a': 'b' } });
    expect(call).toMatchObject({ path: '/baskets/b%2F1/lines?dry=true', body: '{"productId":"p-1"}', headers: { 'x-a': 'b' }, endpoint: { service: 'shop', method: 'POST', template: '/baskets/:id/lines' } });
    expect(shop.get('/banners')()).toMatchObject({ path: '/banners', body: undefined, headers: undefined });
  });

  it('sends null as JSON, and no body for undefined', () => {
    expect(shop.put('/x')({ body: null }).body).toBe('null');
    expect(shop.put('/x')({ body: undefined }).body).toBeUndefined();
  });

  it.each([
    ['GET', shop.get('/x'), true],
    ['PUT', shop.put('/x'), true],
    ['DELETE', shop.delete('/x'), true],
    ['POST', shop.post('/x'), false],
    ['PATCH', shop.patch('/x'), false],
    ['POST that is declared so', shop.post('/x', { repeatable: true }), true],
    ['PUT that is declared otherwise', shop.put('/x', { repeatable: false }), false],
  ])('takes %s for repeatable: %#', (_, endpoint, repeatable) => {
    expect(endpoint.facts.repeatable).toBe(repeatable);
  });

  it('keeps answers by caller, and for failures as long as they are fresh, unless something else is said', () => {
    expect(shop.get('/x', { keep: { freshMs: 500 } }).facts.keep).toEqual({ by: 'caller', freshMs: 500, staleIfErrorMs: 500 });
    expect(shop.get('/x', { keep: { freshMs: 500, staleIfErrorMs: 900, by: 'everyone' } }).facts.keep).toEqual({ by: 'everyone', freshMs: 500, staleIfErrorMs: 900 });
  });

  it('does not compile without the parameters of its path', () => {
    const read = shop.get('/customers/:id/orders/:orderId');
    expect(read({ params: { id: 'c-1', orderId: 7 } }).path).toBe('/customers/c-1/orders/7');
    // @ts-expect-error one is missing
    expect(() => read({ params: { id: 'c-1' } })).toThrow('needs the parameter orderId');
    // @ts-expect-error all are missing
    expect(() => read()).toThrow('needs the parameter id');
    // @ts-expect-error it has none
    shop.get('/banners')({ params: { id: 'b-1' } });
  });
});
