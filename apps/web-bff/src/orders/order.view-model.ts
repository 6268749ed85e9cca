import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Line = Type.Object({ productId: Type.String(), name: Type.String(), quantity: Type.Integer(), unitAmountCents: Type.Integer(), lineAmountCents: Type.Integer() });
const Event = Type.Object({ at: Type.String(), location: Type.String(), text: Type.String() });

/** What every view of an order begins with. */
export const orderHead = { id: Type.String(), number: Type.String(), status: Type.String(), totalCents: Type.Integer(), currency: Type.String(), placedAt: Type.String() };

/** One order with its timeline. */
export const OrderView = defineViewModel(
  'WebOrder',
  Type.Object({
    ...orderHead,
    shippingCents: Type.Integer(),
    lines: Type.Array(Line),
    timeline: Type.Array(Type.Object({ status: Type.String(), at: Type.String() })),
    trackingNumber: Nullable(Type.String()),
    /** Where the parcel is; null when there is none yet, or the shipping service cannot say. */
    tracking: Nullable(Type.Array(Event)),
  }),
);
