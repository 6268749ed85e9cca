import type { HubConnection } from '@microsoft/signalr';
import { connectHub } from '@portico/realtime/testing';
import { withShop } from '@portico/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { desktopBff } from '../src/desktop-bff.js';

const given = withShop(desktopBff);
const open: HubConnection[] = [];
afterEach(async () => void (await Promise.all(open.splice(0).map((connection) => connection.stop()))));

/** Connects as a user, or as nobody, and notes what is heard. */
async function connect(wish?: { user: string; scope?: string }): Promise<{ connection: HubConnection; heard: [event: string, value: unknown][] }> {
  const heard: [string, unknown][] = [];
  const connection = await connectHub(`${given.bff.url}/hubs/desktop`, {
    headers: wish ? given.bff.signedIn(wish) : {},
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

describe('the hub of the desktop BFF', () => {
  it('tells every user of prices as they move, with what this front end shows and nothing else', async () => {
    const { heard } = await connect({ user: 'c-ann' });
    await vi.waitFor(() => expect(heard).toContainEqual(['priceTicks', { ticks: expect.arrayContaining([{ productId: expect.any(String), currency: 'EUR', amountCents: expect.any(Number), previousCents: expect.any(Number), at: expect.any(String) }]) }]), 10_000);
  });

  it('tells who tracks an order of its stations', async () => {
    const order = await placeOrder();
    const { connection, heard } = await connect({ user: 'c-ann' });
    expect(await connection.invoke('trackOrder', { id: order.id })).toMatchObject({ id: order.id, status: 'placed' });
    await advance(order.id);
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', { orderId: order.id, customerId: 'c-ann', status: 'paid', at: expect.any(String), trackingNumber: null }]), 10_000);
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

  it('lets nobody in without having signed in', async () => {
    expect(await refusal(connect())).toMatch(/401/);
  });

  it('tells operators of every order, and nobody else', async () => {
    const { connection, heard } = await connect({ user: 'c-eve', scope: 'shop.read shop.operate' });
    await connection.invoke('watchShop');
    const order = await placeOrder();
    await vi.waitFor(() => expect(heard).toContainEqual(['orderProgress', expect.objectContaining({ orderId: order.id, status: 'placed' })]), 10_000);
    const ann = await connect({ user: 'c-ann' });
    expect(await refusal(ann.connection.invoke('watchShop'))).toMatch(/SCOPE_INSUFFICIENT/);
  });
});
