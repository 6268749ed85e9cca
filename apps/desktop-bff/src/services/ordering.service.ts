import { defineService } from '@portico/backend-client';
import Type, { type Static } from 'typebox';

const ordering = defineService('ordering');

const Line = Type.Object({ productId: Type.String(), name: Type.String(), quantity: Type.Integer(), unitAmountCents: Type.Integer(), lineAmountCents: Type.Integer() });
const Address = Type.Object({ name: Type.String(), street: Type.String(), postalCode: Type.String(), city: Type.String(), countryCode: Type.String() });
const Row = Type.Object({
  id: Type.String(),
  number: Type.String(),
  customerId: Type.String(),
  status: Type.String(),
  totalCents: Type.Integer(),
  shippingCents: Type.Integer(),
  currency: Type.String(),
  shippingOption: Type.String(),
  paymentMethod: Type.String(),
  placedAt: Type.String(),
  trackingNumber: Type.Union([Type.String(), Type.Null()]),
  archived: Type.Boolean(),
  lines: Type.Array(Line),
});
const Order = Type.Object({ ...Row.properties, address: Address, timeline: Type.Array(Type.Object({ status: Type.String(), at: Type.String() })) });
const ActionResult = Type.Object({ id: Type.String(), ok: Type.Boolean(), reason: Type.Optional(Type.String()) });

/** An order as this BFF reads it. */
export type Order = Static<typeof Order>;

const refusals = { 400: 'REQUEST_INVALID', 404: 'RESOURCE_NOT_FOUND', 409: 'STATE_CONFLICT' } as const;

export const listOrders = ordering.get('/orders', { reads: Type.Object({ total: Type.Integer(), items: Type.Array(Row) }) });
export const readOrder = ordering.get('/orders/:id', { reads: Order, refusals });
export const readSummary = ordering.get('/orders/summary', { reads: Type.Object({ open: Type.Integer(), revenueCents: Type.Integer() }) });
/** Carries an `idempotency-key`: that is what makes it safe to repeat. */
export const placeOrder = ordering.post('/orders', { reads: Order, refusals, repeatable: true });
/** Safe to repeat: an order that is cancelled or archived already stays so. */
export const changeOrders = ordering.post('/orders/actions', { reads: Type.Object({ results: Type.Array(ActionResult) }), repeatable: true });

const OrderProgress = Type.Object({ orderId: Type.String(), customerId: Type.String(), status: Type.String(), at: Type.String(), trackingNumber: Type.Union([Type.String(), Type.Null()]) });

/** An order that was placed, or has come to another station. */
export type OrderProgress = Static<typeof OrderProgress>;

/** Every order that is placed or comes to another station, whoever's it is. */
export const streamOrders = ordering.events('/orders/events', { reads: OrderProgress });
