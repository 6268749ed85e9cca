import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('GET /api/stock/:productId', () => {
  const given = withShop(mobileBff);

  it('is the answer of the inventory', async () => {
    const own = await (await fetch(`${given.shop.origins.inventory}/stock/p-0003`)).json();
    const { body, headers } = await given.bff.anonymous.get('/api/stock/p-0003').expect(200);
    expect(body).toEqual(own);
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('passes on what the inventory says of a product that is not there', async () => {
    await given.bff.anonymous.get('/api/stock/p-9999').expect(404);
  });
});
