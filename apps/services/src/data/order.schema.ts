import Type, { type Static } from 'typebox';
import { Address } from './customer.schema.js';

/** The stations of an order, in their order; `cancelled` may follow any of the first three. */
export const orderProgress = ['placed', 'paid', 'packed', 'shipped', 'delivered'] as const;

/** Where an order stands. */
export const OrderStatus = Type.Enum([...orderProgress, 'cancelled']);

/** Where an order stands. */
export type OrderStatus = (typeof orderProgress)[number] | 'cancelled';

/** How a parcel may travel. */
export const ShippingOption = Type.Enum(['standard', 'express', 'pickup']);

/** How a parcel may travel. */
export type ShippingOption = Static<typeof ShippingOption>;

/** One product of an order, at the price of the moment it was placed. */
export const OrderLine = Type.Object({
  productId: Type.String(),
  name: Type.String(),
  quantity: Type.Integer(),
  unitAmountCents: Type.Integer(),
  lineAmountCents: Type.Integer(),
});

/** An order; `internalRiskScore` is internal. `totalCents` is the lines and the shipping. */
export const Order = Type.Object({
  id: Type.String(),
  number: Type.String(),
  customerId: Type.String(),
  status: OrderStatus,
  totalCents: Type.Integer(),
  shippingCents: Type.Integer(),
  currency: Type.String(),
  lines: Type.Array(OrderLine),
  address: Address,
  shippingOption: ShippingOption,
  paymentMethod: Type.String(),
  placedAt: Type.String(),
  timeline: Type.Array(Type.Object({ status: OrderStatus, at: Type.String() })),
  trackingNumber: Type.Union([Type.String(), Type.Null()]),
  archived: Type.Boolean(),
  internalRiskScore: Type.Number({ description: 'Internal.' }),
});

/** An order. */
export type Order = Static<typeof Order>;
