import { advanceOrder, hubListeners, placeOrder, withShop } from '@portico/testing';
import { describe, expect, it, vi } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const given = withShop(desktopBff);
const connect = hubListeners(given, { path: '/hubs/desktop', events: ['priceTicks', 'orderProgress', 'stockAlert'] });
const refusal = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe('the hub of the desktop BFF', () => {
  it('tells every user of prices as they move, with what this front end shows and nothing else', async () => {
    const { heard } = await connect({ user: 'c-ann' });
    await vi.waitFor(() => expect(heard).toContainEqual(['priceTicks', { ticks: expect.arrayContaining([{ productId: expect.any(String), currency: 'EUR', amountCents: expect.any(Number), previousCents: expect.any(Number), at: expect.any(String) }]) }]), 10_000);
  });

  it('tells who tracks an order of its stations', async () => {
    const order = await placeOrder(given.shop);
    const { connection, heard } = await connect({ user: 'c-ann' });
    expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id, status: 'placed' });
    await advanceOrder(given.shop, order.id);
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', { orderId: order.id, customerId: 'c-ann', status: 'paid', at: expect.any(String), trackingNumber: null }]), 10_000);
    await connection.invoke('untrackOrder', { id: order.id });
    await advanceOrder(given.shop, order.id);
    expect(heard.filter(([event]) => event === 'orderProgress')).toHaveLength(1);
  });

  it("does not let a user track somebody else's order", async () => {
    const order = await placeOrder(given.shop);
    const { connection, heard } = await connect({ user: 'c-bob' });
    expect(await refusal(connection.invoke('trackOrder', { id: order.id }))).toMatch(/RESOURCE_NOT_FOUND/);
    await advanceOrder(given.shop, order.id);
    expect(heard.filter(([event]) => event === 'orderProgress')).toEqual([]);
  });

  it('lets nobody in without having signed in', async () => {
    expect(await refusal(connect())).toMatch(/401/);
  });

  it('tells operators of every order, and nobody else', async () => {
    const { connection, heard } = await connect({ user: 'c-eve', scope: 'shop.read shop.operate' });
    await connection.invoke('watchShop');
    const order = await placeOrder(given.shop);
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', expect.objectContaining({ orderId: order.id, status: 'placed' })]), 10_000);
    const ann = await connect({ user: 'c-ann' });
    expect(await refusal(ann.connection.invoke('watchShop'))).toMatch(/SCOPE_INSUFFICIENT/);
  });
});
