import { startTestGateway, startTestShop, type TestGateway, type TestShop } from '@portico/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('GET /api/account', () => {
  let shop: TestShop;
  let bff: TestGateway;

  beforeAll(async () => {
    shop = await startTestShop();
    bff = await startTestGateway(mobileBff, shop.origins);
  });

  afterAll(async () => {
    await bff.close();
    await shop.close();
  });

  it('shows who the caller is and how loyal', async () => {
    const { body } = await bff.as().get('/api/account').expect(200);
    expect(body).toEqual({ displayName: 'Ann Lindqvist', email: 'ann@shop.example', loyaltyTier: 'gold', loyaltyPoints: expect.any(Number) });
  });

  it('is read only', async () => {
    const { headers, body } = await bff.as().patch('/api/account').send({ displayName: 'X' }).expect(405);
    expect(headers.allow).toBe('GET, HEAD');
    expect(body.code).toBe('METHOD_NOT_ALLOWED');
  });

  it('is nothing for a caller whom the shop does not know', async () => {
    const { body } = await bff.as({ user: 'c-nobody' }).get('/api/account').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('asks for a token with the scope to read', async () => {
    await bff.anonymous.get('/api/account').expect(401);
    await bff.as({ scope: 'shop.write' }).get('/api/account').expect(403);
  });

  it('fails without the customers service, and never shows an old account', async () => {
    await bff.as().get('/api/account').expect(200);
    await shop.faults('customers', { errorRate: 1, errorStatus: 503 });
    const { body } = await bff.as().get('/api/account').expect(503);
    await shop.faults('customers', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
  });
});
