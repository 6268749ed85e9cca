import { withShop } from '@portico/testing';
import { assertWithinBudget } from '@portico/view-model';
import { describe, expect, it } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';
import { OrderListView } from '../src/orders/order-list.view-model.js';

const operator = { user: 'c-eve', scope: 'shop.read shop.write shop.operate' };

interface Row {
  readonly id: string;
  readonly customerId: string;
  readonly status: string;
  readonly placedAt: string;
}

describe('/api/orders', () => {
  const given = withShop(desktopBff);

  const everybodys = async (query: Record<string, string | number | boolean> = {}) =>
    (await given.bff.as(operator).get('/api/orders').query({ scope: 'all', limit: 200, ...query }).expect(200)).body as { total: number; items: Row[] };
  const oneOf = async (status: string) => (await everybodys({ status })).items[0]?.id as string;

  it("shows the caller's own orders, newest first", async () => {
    const { body } = await given.bff.as().get('/api/orders').expect(200);
    expect(body).toMatchObject({ total: 8, limit: 100, offset: 0 });
    expect(new Set(body.items.map(({ customerId }: Row) => customerId))).toEqual(new Set(['c-ann']));
    const placed = body.items.map(({ placedAt }: Row) => placedAt);
    expect(placed).toEqual([...placed].sort().reverse());
    expect(body.items[0]).toEqual({
      id: expect.stringMatching(/^o-/),
      number: expect.stringMatching(/^PO-/),
      customerId: 'c-ann',
      status: expect.any(String),
      totalCents: expect.any(Number),
      shippingCents: expect.any(Number),
      currency: 'EUR',
      shippingOption: expect.any(String),
      paymentMethod: expect.any(String),
      placedAt: expect.any(String),
      trackingNumber: body.items[0].trackingNumber,
      archived: false,
      lineCount: expect.any(Number),
      pieces: expect.any(Number),
    });
  });

  it("shows an operator everybody's, by status, stretch by stretch", async () => {
    const { total, items } = await everybodys();
    expect(items).toHaveLength(Math.min(total, 200));
    expect(new Set(items.map(({ customerId }) => customerId)).size).toBeGreaterThan(10);
    const packed = await everybodys({ status: 'packed' });
    expect(new Set(packed.items.map(({ status }) => status))).toEqual(new Set(['packed']));
    const second = await everybodys({ limit: 5, offset: 5 });
    expect(second.items.map(({ id }) => id)).toEqual(items.slice(5, 10).map(({ id }) => id));
  });

  it("shows nobody else everybody's", async () => {
    const { headers, body } = await given.bff.as().get('/api/orders?scope=all').expect(403);
    expect(body.code).toBe('SCOPE_INSUFFICIENT');
    expect(headers['www-authenticate']).toBe('Bearer error="insufficient_scope", scope="shop.operate"');
  });

  it('lists every fault of a query', async () => {
    const { body } = await given.bff.as().get('/api/orders?scope=theirs&status=lost&archived=maybe&limit=0&offset=x&page=1').expect(400);
    expect([...new Set(body.faults.map((fault: { path: string }) => fault.path))].sort()).toEqual(['query.archived', 'query.limit', 'query.offset', 'query.page', 'query.scope', 'query.status']);
  });

  it('stays within its budget', async () => {
    const { text } = await given.bff.as(operator).get('/api/orders?scope=all&limit=200').expect(200);
    assertWithinBudget(OrderListView, text);
  });

  it('shows one order with its lines, its timeline and where the parcel is', async () => {
    const { items } = (await given.bff.as().get('/api/orders?status=shipped').expect(200)).body as { items: Row[] };
    const { body, headers } = await given.bff.as().get(`/api/orders/${items[0]?.id}`).expect(200);
    expect(headers['portico-degraded']).toBeUndefined();
    expect(body.timeline.map(({ status }: Row) => status)).toEqual(['placed', 'paid', 'packed', 'shipped']);
    expect(body.lines.length).toBeGreaterThan(0);
    expect(body.address.city).toEqual(expect.any(String));
    expect(body.trackingNumber).toMatch(/^PT/);
    expect(body.tracking.at(-1)).toEqual({ at: expect.any(String), location: 'Leipzig', text: 'Handed over to the carrier' });
  });

  it('shows the order without its parcel while shipping is down, and says so', async () => {
    const id = await oneOf('shipped');
    await given.shop.faults('shipping', { errorRate: 1, errorStatus: 503 });
    const { body, headers } = await given.bff.as(operator).get(`/api/orders/${id}`).expect(200);
    await given.shop.faults('shipping', {});
    expect(body.tracking).toBeNull();
    expect(headers['portico-degraded']).toMatch(/^tracking;reason=/);
  });

  it("knows neither an order that does not exist nor somebody else's, except for an operator", async () => {
    const { body: bobs } = await given.bff.as({ user: 'c-bob' }).get('/api/orders').expect(200);
    const { id } = bobs.items[0] as Row;
    const { body: foreign } = await given.bff.as().get(`/api/orders/${id}`).expect(404);
    const { body: absent } = await given.bff.as(operator).get('/api/orders/o-99999').expect(404);
    expect({ ...foreign, correlationId: '' }).toEqual({ ...absent, correlationId: '' });
    const { body } = await given.bff.as(operator).get(`/api/orders/${id}`).expect(200);
    expect(body.customerId).toBe('c-bob');
  });

  it('asks shipping nothing about a parcel that the caller may not see', async () => {
    const { body: bobs } = await given.bff.as({ user: 'c-bob' }).get('/api/orders?status=shipped').expect(200);
    await fetch(`${given.shop.origins.shipping}/__requests`, { method: 'DELETE' });
    await given.bff.as().get(`/api/orders/${bobs.items[0].id}`).expect(404);
    expect(await (await fetch(`${given.shop.origins.shipping}/__requests`)).json()).toEqual({ items: [] });
  });

  it('cancels many orders at once, and says of each what became of it', async () => {
    const [open, left] = [await oneOf('placed'), await oneOf('delivered')];
    const { body } = await given.bff.as(operator).post('/api/orders/actions').send({ action: 'cancel', ids: [open, left, 'o-99999'] }).expect(200);
    expect(body.results).toEqual([
      { id: open, ok: true, reason: null },
      { id: left, ok: false, reason: 'already delivered' },
      { id: 'o-99999', ok: false, reason: 'not found' },
    ]);
    const { body: order } = await given.bff.as(operator).get(`/api/orders/${open}`).expect(200);
    expect(order.timeline.at(-1).status).toBe('cancelled');
  });

  it('archives many orders at once, which then stand in a table of their own', async () => {
    const { items } = await everybodys({ status: 'delivered', limit: 3 });
    const ids = items.map(({ id }) => id);
    const { body } = await given.bff.as(operator).post('/api/orders/actions').send({ action: 'archive', ids }).expect(200);
    expect(body.results).toEqual(ids.map((id) => ({ id, ok: true, reason: null })));
    const archived = await everybodys({ archived: true });
    expect(archived.items.map(({ id }) => id).sort()).toEqual([...ids].sort());
  });

  it('lets only operators act', async () => {
    const { headers } = await given.bff.as().post('/api/orders/actions').send({ action: 'cancel', ids: ['o-00001'] }).expect(403);
    expect(headers['www-authenticate']).toContain('scope="shop.operate"');
    await given.bff.anonymous.post('/api/orders/actions').send({ action: 'cancel', ids: ['o-00001'] }).expect(401);
  });

  it.each<[object, string[]]>([
    [{ action: 'delete', ids: [], why: 'x' }, ['body.action', 'body.ids', 'body.why']],
    [{ action: 'cancel', ids: Array.from({ length: 201 }, (_, index) => `o-${index}`) }, ['body.ids']],
    [{ action: 'cancel', ids: ['a b', 7] }, ['body.ids']],
    [{}, ['body.action', 'body.ids']],
  ])('lists every fault of an action, number %#', async (input, paths) => {
    const { body } = await given.bff.as(operator).post('/api/orders/actions').send(input).expect(400);
    expect([...new Set(body.faults.map((fault: { path: string }) => fault.path))].sort()).toEqual(paths);
  });

  it('lets nothing out that the services keep to themselves', async () => {
    const { text: table } = await given.bff.as(operator).get('/api/orders?scope=all&limit=200').expect(200);
    const { text: order } = await given.bff.as(operator).get('/api/orders/o-00001').expect(200);
    expect(table + order).not.toMatch(/internal|risk|passwordHash/i);
  });

  it('fails without the ordering service', async () => {
    await given.shop.faults('ordering', { answer: 'wrong-type' });
    const { body } = await given.bff.as().get('/api/orders').expect(502);
    await given.shop.faults('ordering', {});
    expect(body.code).toBe('SERVICE_ANSWER_INVALID');
  });
});
