import type { TestShop } from './test-shop.js';

/** Makes a step that puts two pieces of `productId` into the basket of a customer, and nothing else. */
export function fillBasket(customer: string, productId = 'p-0001'): (shop: TestShop) => Promise<void> {
  return async (shop) => {
    const basket = `${shop.origins.basket}/baskets/${customer}`;
    await fetch(basket, { method: 'DELETE' });
    const body = JSON.stringify({ lines: [{ productId, quantity: 2 }] });
    const answer = await fetch(`${basket}/lines`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    if (!answer.ok) throw new Error(`The basket of ${customer} could not be filled: ${await answer.text()}`);
  };
}
