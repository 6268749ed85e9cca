import type { TestShop } from './test-shop.js';

/** Places an order of Ann's, at the service itself. */
export async function placeOrder({ origins }: Pick<TestShop, 'origins'>): Promise<{ id: string; number: string }> {
  const order = { customerId: 'c-ann', lines: [{ productId: 'p-0001', quantity: 1 }], addressId: 'a-ann-1', shippingOption: 'standard', paymentMethod: 'card' };
  const answer = await fetch(`${origins['ordering']}/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });
  return (await answer.json()) as { id: string; number: string };
}

/** Moves an order to its next station. */
export async function advanceOrder({ origins }: Pick<TestShop, 'origins'>, id: string): Promise<void> {
  await fetch(`${origins['ordering']}/orders/${id}/advance`, { method: 'POST' });
}
