import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { HomeView } from '../src/home/home.view-model.js';
import { mobileBff } from '../src/mobile-bff.js';

describe('GET /api/home', () => {
  const given = withShop(mobileBff);

  it('shows six priced picks and the basket badge, and nothing else', async () => {
    const { body } = await given.bff.as().get('/api/home').expect(200);
    expect(Object.keys(body).sort()).toEqual(['basketCount', 'picks']);
    expect(body.picks).toHaveLength(6);
    for (const pick of body.picks) {
      expect(pick).toEqual({
        id: expect.stringMatching(/^p-\d{4}$/),
        name: expect.any(String),
        price: { amountCents: expect.any(Number), currency: 'EUR' },
        image: { url: expect.stringMatching(/-w320\.webp$/), alt: expect.any(String) },
      });
    }
    expect(body.basketCount).toBe(0);
  });

  it('asks for the names and prices of all picks at once', async () => {
    const { headers } = await given.bff.as({ user: 'c-eve' }).get('/api/home').expect(200);
    for (const service of ['catalog', 'pricing']) {
      const { items } = (await (await fetch(`${given.shop.origins[service]}/__requests`)).json()) as { items: { headers: Record<string, string> }[] };
      expect(items.filter((request) => request.headers['x-correlation-id'] === headers['x-correlation-id'])).toHaveLength(1);
    }
  });

  it('counts the pieces in the basket', async () => {
    const bob = given.bff.as({ user: 'c-bob' });
    await bob.post('/api/basket/items').send({ productId: 'p-0001', quantity: 2 }).expect(200);
    await bob.post('/api/basket/items').send({ productId: 'p-0002', quantity: 3 }).expect(200);
    const { body } = await bob.get('/api/home').expect(200);
    expect(body.basketCount).toBe(5);
  });

  it.each(['c-ann', 'c-bob', 'c-eve', 'c-0004', 'c-0123', 'c-0200'])('stays within its budget for %s', async (user) => {
    const { text } = await given.bff.as({ user }).get('/api/home').expect(200);
    assertWithinBudget(HomeView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get('/api/home').expect(200);
    expect(text).not.toMatch(/supplier|internal|passwordHash|authorEmail|riskNote|warehouse/i);
  });

  it('asks for a token', async () => {
    const { headers, body } = await given.bff.anonymous.get('/api/home').expect(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer, DPoP algs="ES256 /);
    expect(body.code).toBe('TOKEN_MISSING');
  });

  it('asks for the scope to read', async () => {
    const { headers, body } = await given.bff.as({ scope: 'openid' }).get('/api/home').expect(403);
    expect(headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="shop.read"');
    expect(body.code).toBe('SCOPE_INSUFFICIENT');
  });

  it.each([
    ['recommendations', 'c-0101', 'picks', { picks: [], basketCount: 0 }],
    ['basket', 'c-0102', 'basket', { basketCount: null }],
    ['catalog', 'c-0103', 'products', { picks: [] }],
  ])('stands without %s, and says so', async (service, user, part, left) => {
    await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await given.bff.as({ user }).get('/api/home').expect(200);
    await given.shop.faults(service, {});
    expect(body).toMatchObject(left);
    expect(headers['portico-degraded']).toBe(`${part};reason=invalid`);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('shows the picks of before while the recommendations are down', async () => {
    const caller = given.bff.as({ user: 'c-0104' });
    const { body: before } = await caller.get('/api/home').expect(200);
    await given.shop.faults('recommendations', { errorRate: 1 });
    const { body } = await caller.get('/api/home').expect(200);
    await given.shop.faults('recommendations', {});
    expect(body.picks).toEqual(before.picks);
  });

  it('shows the picks without prices while pricing lies', async () => {
    await given.shop.faults('pricing', { answer: 'wrong-type' });
    const { body, headers } = await given.bff.as({ user: 'c-0005' }).get('/api/home').expect(200);
    await given.shop.faults('pricing', {});
    expect(body.picks).toHaveLength(6);
    expect(body.picks[0].price).toBeNull();
    expect(headers['portico-degraded']).toBe('prices;reason=invalid');
  });
});
