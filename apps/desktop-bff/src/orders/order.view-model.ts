import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Line = Type.Object({ productId: Type.String(), name: Type.String(), quantity: Type.Integer(), unitAmountCents: Type.Integer(), lineAmountCents: Type.Integer() });
const Address = Type.Object({ name: Type.String(), street: Type.String(), postalCode: Type.String(), city: Type.String(), countryCode: Type.String() });
const Event = Type.Object({ at: Type.String(), location: Type.String(), text: Type.String() });

/** What every view of an order begins with. */
export const orderHead = {
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
  trackingNumber: Nullable(Type.String()),
  archived: Type.Boolean(),
};

/** One order with its timeline. */
export const OrderView = defineViewModel(
  'DesktopOrder',
  Type.Object({
    ...orderHead,
    address: Address,
    lines: Type.Array(Line),
    timeline: Type.Array(Type.Object({ status: Type.String(), at: Type.String() })),
    /** Where the parcel is; null when there is none yet, or the shipping service cannot say. */
    tracking: Nullable(Type.Array(Event)),
  }),
);
