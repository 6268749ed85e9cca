import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

/** Prices that have changed, the newest of each product. */
export const PriceTicksView = defineViewModel(
  'WebPriceTicks',
  Type.Object({ ticks: Type.Array(Type.Object({ productId: Type.String(), currency: Type.String(), amountCents: Type.Integer(), previousCents: Type.Integer() })) }),
);

/** An order that has come to another station. */
export const OrderProgressView = defineViewModel(
  'WebOrderProgress',
  Type.Object({ orderId: Type.String(), status: Type.String(), at: Type.String(), trackingNumber: Nullable(Type.String()) }),
);
