import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('GET /api/account', () => {
  const given = withShop(mobileBff);

  it('shows who the caller is and how loyal', async () => {
    const { body } = await given.bff.as().get('/api/account').expect(200);
    expect(body).toEqual({ displayName: 'Ann Lindqvist', email: 'ann@shop.example', loyaltyTier: 'gold', loyaltyPoints: expect.any(Number) });
  });

  it('is read only', async () => {
    const { headers, body } = await given.bff.as().patch('/api/account').send({ displayName: 'X' }).expect(405);
    expect(headers.allow).toBe('GET, HEAD');
    expect(body.code).toBe('METHOD_NOT_ALLOWED');
  });

  it('is nothing for a caller whom the shop does not know', async () => {
    const { body } = await given.bff.as({ user: 'c-nobody' }).get('/api/account').expect(404);
    expect(body.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('asks for a token with the scope to read', async () => {
    await given.bff.anonymous.get('/api/account').expect(401);
    await given.bff.as({ scope: 'shop.write' }).get('/api/account').expect(403);
  });

  it('fails without the customers service, and never shows an old account', async () => {
    await given.bff.as().get('/api/account').expect(200);
    await given.shop.faults('customers', { errorRate: 1, errorStatus: 503 });
    const { body } = await given.bff.as().get('/api/account').expect(503);
    await given.shop.faults('customers', {});
    expect(body.code).toBe('SERVICE_UNAVAILABLE');
  });
});
