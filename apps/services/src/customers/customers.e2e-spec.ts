import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShop, type RunningShop } from '../start-shop.js';

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ only: ['customers'] });
});
afterAll(() => shop.close());

const change = (body: object, id = 'c-bob') => request(shop.urls.customers).patch(`/customers/${id}`).send(body);

describe('customers', () => {
  it('are shown with what only the service may know', async () => {
    const { body } = await request(shop.urls.customers).get('/customers/c-ann').expect(200);
    expect(body).toMatchObject({ id: 'c-ann', email: 'ann@shop.example', loyaltyTier: 'gold', passwordHash: expect.stringMatching(/^scrypt/) });
    await request(shop.urls.customers).get('/customers/c-nobody').expect(404, { error: 'not found' });
  });

  it('change what is named and keep the rest', async () => {
    const { body: before } = await request(shop.urls.customers).get('/customers/c-bob');
    const { body } = await change({ displayName: 'Robert', marketingOptIn: !before.marketingOptIn }).expect(200);
    expect(body).toEqual({ ...before, displayName: 'Robert', marketingOptIn: !before.marketingOptIn });
    expect((await request(shop.urls.customers).get('/customers/c-bob')).body).toEqual(body);
    await change({ displayName: 'X' }, 'c-nobody').expect(404, { error: 'not found' });
  });

  it.each([
    ['nothing', {}],
    ['an empty name', { displayName: '' }],
    ['an address that is no e-mail', { email: 'bob at home' }],
    ['a locale that is none', { locale: 'English' }],
    ['an opinion that is no yes or no', { marketingOptIn: 'yes' }],
    ['what is not theirs to change', { loyaltyTier: 'gold' }],
    ['a house without a street', { addresses: [{ id: 'a', label: 'Home', name: 'Bob', postalCode: '1000', city: 'X', countryCode: 'BE' }] }],
    ['two addresses of one id', { addresses: ['BE', 'FR'].map((countryCode) => ({ id: 'a', label: 'Home', name: 'Bob', street: 'S 1', postalCode: '1000', city: 'X', countryCode })) }],
  ])('refuse %s', async (_what, body) => {
    expect((await change(body).expect(400)).body.error).toBe('bad request');
  });
});
