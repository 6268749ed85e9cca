import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const given = withShop(desktopBff);

describe('GET /api/prices/:productId/history', () => {
  it('wants a token with its scope', async () => {
    await given.bff.anonymous.get('/api/prices/p-0001/history').expect(401);
    await given.bff.as({ scope: 'other' }).get('/api/prices/p-0001/history').expect(403);
  });

  it('is the answer of the pricing service', async () => {
    const { body, headers } = await given.bff.as().get('/api/prices/p-0001/history').expect(200);
    expect(body).toEqual(await (await fetch(`${given.shop.origins.pricing}/prices/p-0001/history`)).json());
    expect(headers['x-served-by']).toBe(new URL(given.bff.url).host);
  });
});

describe('GET /api/categories', () => {
  it('keeps its answer apart for each caller', async () => {
    await given.bff.as({ user: 'c-ann' }).get('/api/categories').expect(200);
    expect((await given.bff.as({ user: 'c-bob' }).get('/api/categories').expect(200)).headers['cache-status']).not.toMatch(/hit/);
  });
});
