import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';

/** The order that was placed, in one line. */
export const CheckoutView = defineViewModel(
  'MobileCheckout',
  Type.Object({ id: Type.String(), number: Type.String(), status: Type.String(), totalCents: Type.Integer(), currency: Type.String() }),
);
