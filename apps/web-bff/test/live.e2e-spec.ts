import type { HubConnection } from '@microsoft/signalr';
import { connectHub } from '@portico/realtime/testing';
import { withShop } from '@portico/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { webBff } from '../src/web-bff.js';

const given = withShop(webBff);
const open: HubConnection[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((connection) => connection.stop()))));

/** Connects as a user, or as nobody, and notes what is heard. */
async function connect(wish?: { user: string; scope?: string }): Promise<{ connection: HubConnection; heard: [event: string, value: unknown][] }> {
  const heard: [string, unknown][] = [];
  const connection = await connectHub(`${given.bff.url}/hubs/web`, {
    headers: wish ? given.bff.signedIn(wish) : {},
    origin: 'http://localhost:3010',
    prepare: (each) => ['priceTicks', 'orderProgress', 'stockAlert'].forEach((event) => each.on(event, (value: unknown) => void heard.push([event, value]))),
  });
  open.push(connection);
  return { connection, heard };
}

const refusal = (work: Promise<unknown>): Promise<string> => work.then(String, (error: Error) => error.message);
const advance = async (id: string): Promise<void> => void (await fetch(`${given.shop.origins['ordering']}/orders/${id}/advance`, { method: 'POST' }));

/** An order of Ann's, placed at the service itself. */
async function placeOrder(): Promise<{ id: string }> {
  const order = { customerId: 'c-ann', lines: [{ productId: 'p-0001', quantity: 1 }], addressId: 'a-ann-1', shippingOption: 'standard', paymentMethod: 'card' };
  const answer = await fetch(`${given.shop.origins['ordering']}/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });
  return (await answer.json()) as { id: string };
}

describe('the hub of the web BFF', () => {
  it('tells everybody of prices as they move, with what this front end shows and nothing else', async () => {
    const { heard } = await connect();
    await vi.waitFor(() => expect(heard).toContainEqual(['priceTicks', { ticks: expect.arrayContaining([{ productId: expect.any(String), currency: 'EUR', amountCents: expect.any(Number), previousCents: expect.any(Number) }]) }]), 10_000);
  });

  it('tells who tracks an order of its stations', async () => {
    const order = await placeOrder();
    const { connection, heard } = await connect({ user: 'c-ann' });
    expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id, status: 'placed' });
    await advance(order.id);
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', { orderId: order.id, status: 'paid', at: expect.any(String), trackingNumber: null }]), 10_000);
    await connection.invoke('untrackOrder', { id: order.id });
    await advance(order.id);
    expect(heard.filter(([event]) => event === 'orderProgress')).toHaveLength(1);
  });

  it("does not let a user track somebody else's order", async () => {
    const order = await placeOrder();
    const { connection, heard } = await connect({ user: 'c-bob' });
    expect(await refusal(connection.invoke('trackOrder', { id: order.id }))).toMatch(/RESOURCE_NOT_FOUND/);
    await advance(order.id);
    expect(heard.filter(([event]) => event === 'orderProgress')).toEqual([]);
  });

  it('lets nobody track an order without having signed in', async () => {
    const { connection } = await connect();
    expect(await refusal(connection.invoke('trackOrder', { id: 'o-000001' }))).toMatch(/TOKEN_MISSING/);
  });
});
