import { defineViewModel } from '@portico/view-model';
import Type from 'typebox';

/** Prices that have changed, the newest of each product. */
export const PriceTicksView = defineViewModel('MobilePriceTicks', Type.Object({ ticks: Type.Array(Type.Object({ productId: Type.String(), amountCents: Type.Integer() })) }));

/** An order that has come to another station. */
export const OrderProgressView = defineViewModel('MobileOrderProgress', Type.Object({ orderId: Type.String(), status: Type.String() }));
