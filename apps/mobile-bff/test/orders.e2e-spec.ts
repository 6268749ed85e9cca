import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { mobileBff } from '../src/mobile-bff.js';

describe('/api/orders', () => {
  const given = withShop(mobileBff);

  const newest = async (user: string) => {
    const { items } = (await (await fetch(`${given.shop.origins.ordering}/orders?customerId=${user}&limit=1`)).json()) as { items: Record<string, unknown>[] };
    return items[0] as Record<string, unknown>;
  };

  it('shows the last order and its status', async () => {
    const { id, number, status, totalCents, currency, placedAt } = await newest('c-ann');
    const { body } = await given.bff.as().get('/api/orders').expect(200);
    expect(body).toEqual({ order: { id, number, status, totalCents, currency, placedAt } });
  });

  it('shows null to who has never ordered', async () => {
    const { body } = await given.bff.as({ user: 'c-nobody' }).get('/api/orders').expect(200);
    expect(body).toEqual({ order: null });
  });

  it('shows one order with its timeline', async () => {
    const { id, number, status, totalCents, currency, placedAt, timeline } = await newest('c-ann');
    const { body } = await given.bff.as().get(`/api/orders/${id}`).expect(200);
    expect(body).toEqual({ id, number, status, totalCents, currency, placedAt, timeline });
  });

  it("knows neither an order that does not exist nor somebody else's, and tells no difference", async () => {
    const { id } = await newest('c-bob');
    const { body: foreign } = await given.bff.as().get(`/api/orders/${id}`).expect(404);
    const { body: absent } = await given.bff.as().get('/api/orders/o-99999').expect(404);
    expect({ ...foreign, correlationId: '' }).toEqual({ ...absent, correlationId: '' });
    expect(foreign.code).toBe('RESOURCE_NOT_FOUND');
  });

  it('names a fault in the id', async () => {
    const { body } = await given.bff.as().get('/api/orders/o!1').expect(400);
    expect(body.faults[0].path).toBe('path.id');
  });

  it('asks for a token with the scope to read', async () => {
    await given.bff.anonymous.get('/api/orders').expect(401);
    await given.bff.as({ scope: 'shop.write' }).get('/api/orders/o-00001').expect(403);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { id } = await newest('c-ann');
    for (const path of ['/api/orders', `/api/orders/${id}`]) {
      const { text } = await given.bff.as().get(path).expect(200);
      expect(text).not.toMatch(/internal|customerId|address|archived/i);
    }
  });

  it('fails without the ordering service', async () => {
    await given.shop.faults('ordering', { truncateRate: 1 });
    const { body } = await given.bff.as().get('/api/orders').expect(502);
    await given.shop.faults('ordering', {});
    expect(body.code).toBe('SERVICE_ANSWER_INVALID');
  });
});
