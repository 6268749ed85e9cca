import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const ordering = defineService('ordering');

const Head = Type.Object({ id: Type.String(), number: Type.String(), status: Type.String(), totalCents: Type.Integer(), currency: Type.String(), placedAt: Type.String() });
const Line = Type.Object({ productId: Type.String(), name: Type.String(), quantity: Type.Integer(), unitAmountCents: Type.Integer(), lineAmountCents: Type.Integer() });
const Order = Type.Object({
  ...Head.properties,
  customerId: Type.String(),
  lines: Type.Array(Line),
  shippingCents: Type.Integer(),
  timeline: Type.Array(Type.Object({ status: Type.String(), at: Type.String() })),
  trackingNumber: Type.Union([Type.String(), Type.Null()]),
});

/** An order as this BFF reads it. */
export type Order = Static<typeof Order>;

const refusals = { 400: 'REQUEST_INVALID', 404: 'RESOURCE_NOT_FOUND', 409: 'STATE_CONFLICT' } as const;

export const listOrders = ordering.get('/orders', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Type.Object({ ...Head.properties, lines: Type.Array(Line) })) }) });
export const readOrder = ordering.get('/orders/:id', { reads: Order, refusals });
/** Carries an `idempotency-key`: that is what makes it safe to repeat. */
export const placeOrder = ordering.post('/orders', { reads: Order, refusals, repeatable: true });

/** Every order that is placed or comes to another station, whoever's it is. */
export const streamOrders = ordering.events('/orders/events', {
  reads: Type.Object({ orderId: Type.String(), customerId: Type.String(), status: Type.String(), at: Type.String(), trackingNumber: Type.Union([Type.String(), Type.Null()]) }),
});
