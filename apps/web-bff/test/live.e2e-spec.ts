import { advanceOrder, hubListeners, placeOrder, withShop } from '@portico/testing';
import { describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

const given = withShop(webBff);
const connect = hubListeners(given, { path: '/hubs/web', events: ['priceTicks', 'orderProgress'], origin: 'http://localhost:3010' });
const refusal = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);

describe('the hub of the web BFF', () => {
  it('tells everybody of prices as they move, with what this front end shows and nothing else', async () => {
    const { heard } = await connect();
    await vi.waitFor(() => expect(heard).toContainEqual(['priceTicks', { ticks: expect.arrayContaining([{ productId: expect.any(String), currency: 'EUR', amountCents: expect.any(Number), previousCents: expect.any(Number) }]) }]), 10_000);
  });

  it('tells who tracks an order of its stations', async () => {
    const order = await placeOrder(given.shop);
    const { connection, heard } = await connect({ user: 'c-ann' });
    expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id, status: 'placed' });
    await advanceOrder(given.shop, order.id);
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', { orderId: order.id, status: 'paid', at: expect.any(String), trackingNumber: null }]), 10_000);
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

  it('lets nobody track an order without having signed in', async () => {
    const { connection } = await connect();
    expect(await refusal(connection.invoke('trackOrder', { id: 'o-000001' }))).toMatch(/TOKEN_MISSING/);
  });
});
