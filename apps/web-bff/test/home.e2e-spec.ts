import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { HomeView } from '../src/home/home.view-model.js';
import { webBff } from '../src/web-bff.js';

describe('GET /api/home', () => {
  const given = withShop(webBff);

  it('shows the profile, twelve priced picks, the basket badge and banners', async () => {
    const { body } = await given.bff.as().get('/api/home').expect(200);
    expect(body.profile.displayName).toBe('Ann Lindqvist');
    expect(body.picks).toHaveLength(12);
    expect(body.picks[0].price.amountCents).toBeGreaterThan(0);
    expect(body.picks[0].image.srcset).toMatch(/320w, .* 640w, .* 1280w$/);
    expect(body.basketCount).toBe(0);
    expect(body.banners.length).toBeGreaterThan(0);
  });

  it('stays within its budget', async () => {
    const { text } = await given.bff.as().get('/api/home').expect(200);
    assertWithinBudget(HomeView, text);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get('/api/home').expect(200);
    expect(text).not.toMatch(/supplier|internal|passwordHash|riskNote|warehouse/i);
  });

  it('asks for a token', async () => {
    const { headers, body } = await given.bff.anonymous.get('/api/home').expect(401);
    expect(headers['www-authenticate']).toBe('Bearer');
    expect(body.code).toBe('TOKEN_MISSING');
  });

  it('leaves out what a failed service owes, and says so', async () => {
    await given.shop.faults('recommendations', { errorRate: 1 });
    const { body, headers } = await given.bff.as({ user: 'c-bob' }).get('/api/home').expect(200);
    expect(body.picks).toEqual([]);
    expect(headers['portico-degraded']).toBe('picks;reason=invalid');
    expect(headers['cache-control']).toBe('no-store');
    await given.shop.faults('recommendations', {});
  });
});
