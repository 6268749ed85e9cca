import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';
import { HomeView } from '../src/home/home.view-model.js';

const operator = { user: 'c-eve', scope: 'shop.read shop.write shop.operate' };

describe('GET /api/home', () => {
  const given = withShop(desktopBff);

  it('shows the profile, twelve priced picks, the basket badge and banners', async () => {
    const { body } = await given.bff.as().get('/api/home').expect(200);
    expect(body.profile).toEqual({ displayName: 'Ann Lindqvist', loyaltyTier: 'gold', loyaltyPoints: expect.any(Number) });
    expect(body.picks).toHaveLength(12);
    expect(body.picks[0]).toMatchObject({ sku: expect.any(String), price: { amountCents: expect.any(Number) }, image: { urls: { w1280: expect.any(String) } }, reason: expect.any(String) });
    expect(body.basketCount).toBe(0);
    expect(body.banners.length).toBeGreaterThan(0);
  });

  it('shows an operator the open orders and what is running out, by name', async () => {
    const { body } = await given.bff.as(operator).get('/api/home').expect(200);
    const summary = (await (await fetch(`${given.shop.origins.ordering}/orders/summary`)).json()) as { open: number; revenueCents: number };
    expect(body.tiles).toMatchObject({ openOrders: summary.open, revenueCents: summary.revenueCents });
    expect(body.tiles.stockAlerts.items).toHaveLength(10);
    expect(body.tiles.stockAlerts.total).toBeGreaterThan(10);
    for (const alert of body.tiles.stockAlerts.items) {
      expect(alert).toEqual({ productId: expect.stringMatching(/^p-/), name: expect.stringMatching(/\w/), available: expect.any(Number), reorderLevel: expect.any(Number) });
    }
  });

  it('shows nobody else how the shop does, and asks for nothing of it', async () => {
    await fetch(`${given.shop.origins.inventory}/__requests`, { method: 'DELETE' });
    const { body, headers } = await given.bff.as({ user: 'c-eve' }).get('/api/home').expect(200);
    expect(body.tiles).toBeNull();
    expect(headers['portico-degraded']).toBeUndefined();
    expect(await (await fetch(`${given.shop.origins.inventory}/__requests`)).json()).toEqual({ items: [] });
  });

  it.each(['c-ann', 'c-eve', 'c-0004', 'c-0200'])('stays within its budget for %s', async (user) => {
    const { text } = await given.bff.as({ ...operator, user }).get('/api/home').expect(200);
    assertWithinBudget(HomeView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as(operator).get('/api/home').expect(200);
    expect(text).not.toMatch(/supplier|internal|passwordHash|authorEmail|riskNote|warehouseCodes/i);
  });

  it('asks for a token with the scope to read', async () => {
    const { headers } = await given.bff.anonymous.get('/api/home').expect(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer, DPoP algs="ES256 /);
    await given.bff.as({ scope: 'shop.operate' }).get('/api/home').expect(403);
  });

  it('leaves out the tiles that a failed service owes, and says so', async () => {
    await given.shop.faults('inventory', { errorRate: 1 });
    await given.shop.faults('ordering', { answer: 'wrong-type' });
    const { body, headers } = await given.bff.as(operator).get('/api/home').expect(200);
    await given.shop.faults('inventory', {});
    await given.shop.faults('ordering', {});
    expect(body.tiles).toEqual({ openOrders: null, revenueCents: null, stockAlerts: null });
    expect((headers['portico-degraded'] as string).split(', ').sort()).toEqual(['alerts;reason=invalid', 'orders;reason=invalid']);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['recommendations', 'c-0101', 'picks', { picks: [] }],
    ['basket', 'c-0102', 'basket', { basketCount: null }],
    ['customers', 'c-0103', 'profile', { profile: null }],
  ])('stands without %s, and says so', async (service, user, part, left) => {
    await given.shop.faults(service, { errorRate: 1 });
    const { body, headers } = await given.bff.as({ user }).get('/api/home').expect(200);
    await given.shop.faults(service, {});
    expect(body).toMatchObject(left);
    expect(headers['portico-degraded']).toBe(`${part};reason=invalid`);
  });
});
