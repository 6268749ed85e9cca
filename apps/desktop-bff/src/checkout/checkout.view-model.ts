import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

const Address = Type.Object({
  id: Type.String(),
  label: Type.String(),
  name: Type.String(),
  street: Type.String(),
  postalCode: Type.String(),
  city: Type.String(),
  countryCode: Type.String(),
});
const Quote = Type.Object({ code: Type.String(), label: Type.String(), priceCents: Type.Integer(), days: Type.Integer() });

/** What is to be decided before an order is placed. */
export const CheckoutView = defineViewModel(
  'DesktopCheckout',
  Type.Object({
    count: Type.Integer(),
    totalCents: Nullable(Type.Integer()),
    addresses: Type.Array(Address),
    /** Null when the shipping service cannot say now; the order can be placed all the same. */
    shippingQuotes: Nullable(Type.Array(Quote)),
  }),
);
