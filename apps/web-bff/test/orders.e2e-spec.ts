import { withShop } from '@portico/testing';
import { describe, expect, it } from 'vitest';
import { webBff } from '../src/web-bff.js';

interface Head {
  readonly id: string;
  readonly status: string;
  readonly placedAt: string;
  readonly lineCount: number;
}

describe('/api/orders', () => {
  const given = withShop(webBff);

  const heads = async (user = 'c-ann') => (await given.bff.as({ user }).get('/api/orders').expect(200)).body.items as Head[];
  const find = async (status: string, user?: string) => (await heads(user)).find((head) => head.status === status)?.id as string;

  it("lists the caller's own orders, newest first", async () => {
    const { body } = await given.bff.as().get('/api/orders').expect(200);
    expect(body).toMatchObject({ total: 8, page: 1, pages: 1 });
    const placed = (body.items as Head[]).map(({ placedAt }) => placedAt);
    expect(placed).toEqual([...placed].sort().reverse());
    expect(body.items[0].lineCount).toBeGreaterThan(0);
    const bobs = new Set((await heads('c-bob')).map(({ id }) => id));
    expect((body.items as Head[]).some(({ id }) => bobs.has(id))).toBe(false);
  });

  it('lists nothing beyond the last page', async () => {
    expect((await given.bff.as().get('/api/orders?page=2').expect(200)).body.items).toEqual([]);
  });

  it('shows an order with its timeline, and where the legacy service sees its parcel', async () => {
    const { body, headers } = await given.bff.as().get(`/api/orders/${await find('shipped')}`).expect(200);
    expect(body.timeline.map(({ status }: { status: string }) => status)).toEqual(['placed', 'paid', 'packed', 'shipped']);
    expect(body.trackingNumber).toMatch(/^PT\d{9}EU$/);
    expect(body.tracking.length).toBeGreaterThan(0);
    for (const event of body.tracking) expect(event).toEqual({ at: expect.any(String), location: expect.any(String), text: expect.any(String) });
    expect(headers['portico-degraded']).toBeUndefined();
  });

  it('asks nobody about a parcel that there is not', async () => {
    const { body, headers } = await given.bff.as().get(`/api/orders/${await find('paid')}`).expect(200);
    expect(body).toMatchObject({ trackingNumber: null, tracking: null });
    expect(headers['portico-degraded']).toBeUndefined();
  });

  it('shows the order without its parcel when shipping cannot say, and says so', async () => {
    const id = await find('delivered');
    await given.shop.faults('shipping', { answer: 'html' });
    const { body, headers } = await given.bff.as().get(`/api/orders/${id}`).expect(200);
    expect(body).toMatchObject({ id, tracking: null });
    expect(headers['portico-degraded']).toMatch(/^tracking;reason=\w+$/);
    await given.shop.faults('shipping', {});
  });

  it("answers for somebody else's order as for one that does not exist, and asks nobody where it is", async () => {
    const foreign = await find('shipped', 'c-bob');
    const correlation = 'foreign-order-1';
    const strange = await given.bff.as().get(`/api/orders/${foreign}`).set('x-correlation-id', correlation).expect(404);
    const missing = await given.bff.as().get('/api/orders/o-99999').set('x-correlation-id', correlation).expect(404);
    expect(strange.body).toEqual(missing.body);
    expect((await given.shop.requests('shipping')).filter(({ headers }) => headers['x-correlation-id'] === correlation)).toEqual([]);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text } = await given.bff.as().get(`/api/orders/${await find('shipped')}`).expect(200);
    expect(text).not.toMatch(/risk|paymentMethod|customerId|archived/i);
  });

  it('asks for a token with the right scope', async () => {
    await given.bff.anonymous.get('/api/orders').expect(401);
    await given.bff.as({ scope: 'other' }).get('/api/orders').expect(403);
  });
});
