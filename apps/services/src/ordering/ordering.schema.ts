import Type, { type Static } from 'typebox';
import { OrderStatus, ShippingOption } from '../data/order.schema.js';
import { paging } from '../server/list-query.js';

/** What a customer wants to buy, where it goes and how it is paid. */
export const PlaceOrder = Type.Object(
  {
    customerId: Type.String(),
    lines: Type.Array(Type.Object({ productId: Type.String(), quantity: Type.Integer({ minimum: 1, maximum: 99 }) }, { additionalProperties: false }), { minItems: 1, maxItems: 200 }),
    addressId: Type.String({ description: 'One of the customer’s addresses.' }),
    shippingOption: ShippingOption,
    paymentMethod: Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' }),
  },
  { additionalProperties: false },
);

/** What a customer wants to buy. */
export type PlaceOrder = Static<typeof PlaceOrder>;

/** `idempotency-key`: the same key of the same customer gives the same order again. */
export const OrderHeaders = Type.Object({ 'idempotency-key': Type.Optional(Type.String({ minLength: 1, maxLength: 200 })) });

/** How to narrow and page the order list; newest first. */
export const OrderQuery = Type.Object({
  customerId: Type.Optional(Type.String()),
  status: Type.Optional(OrderStatus),
  archived: Type.Boolean({ default: false, description: 'True shows the archived orders instead of the others.' }),
  ...paging(20, 200),
});

/** One change for many orders. */
export const OrderActions = Type.Object(
  { action: Type.Enum(['cancel', 'archive']), ids: Type.Array(Type.String(), { minItems: 1, maxItems: 200 }) },
  { additionalProperties: false },
);

/** What became of each order, in the order of the ids. */
export const ActionResults = Type.Object({
  results: Type.Array(Type.Object({ id: Type.String(), ok: Type.Boolean(), reason: Type.Optional(Type.String()) })),
});

/** An order that has been placed, or has come to its next station. */
export const OrderProgress = Type.Object({
  orderId: Type.String(),
  customerId: Type.String(),
  status: OrderStatus,
  at: Type.String(),
  trackingNumber: Type.Union([Type.String(), Type.Null()]),
});

/** An order that has been placed, or has come to its next station. */
export type OrderProgress = Static<typeof OrderProgress>;

/** The shop at a glance; revenue counts every order that was not cancelled. */
export const OrderSummary = Type.Object({
  open: Type.Integer({ description: 'Placed, paid or packed.' }),
  shipped: Type.Integer(),
  delivered: Type.Integer(),
  cancelled: Type.Integer(),
  revenueCents: Type.Integer(),
});

/** The shop at a glance. */
export type OrderSummary = Static<typeof OrderSummary>;
