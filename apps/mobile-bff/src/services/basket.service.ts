import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const basket = defineService('basket');

const Basket = Type.Object({ version: Type.Integer(), lines: Type.Array(Type.Object({ productId: Type.String(), quantity: Type.Integer() })) });

/** A customer's basket. */
export type Basket = Static<typeof Basket>;

const refusals = { 404: 'RESOURCE_NOT_FOUND', 409: 'STATE_CONFLICT' } as const;

export const readBasket = basket.get('/baskets/:id', { reads: Basket });
export const addLines = basket.post('/baskets/:id/lines', { reads: Basket, refusals });
export const changeLine = basket.patch('/baskets/:id/lines/:productId', { reads: Basket, refusals, repeatable: true });
// A repetition after a lost answer would find the line gone, and tell the client that it never existed.
export const removeLine = basket.delete('/baskets/:id/lines/:productId', { reads: Basket, refusals, repeatable: false });
export const emptyBasket = basket.delete('/baskets/:id');
