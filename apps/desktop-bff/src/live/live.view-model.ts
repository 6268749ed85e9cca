import { defineViewModel, Nullable } from '@portico/view-model';
import Type from 'typebox';

/** Prices that have changed, the newest of each product. */
export const PriceTicksView = defineViewModel(
  'DesktopPriceTicks',
  Type.Object({
    ticks: Type.Array(Type.Object({ productId: Type.String(), currency: Type.String(), amountCents: Type.Integer(), previousCents: Type.Integer(), at: Type.String() })),
  }),
);

/** An order that has come to another station. */
export const OrderProgressView = defineViewModel(
  'DesktopOrderProgress',
  Type.Object({ orderId: Type.String(), customerId: Type.String(), status: Type.String(), at: Type.String(), trackingNumber: Nullable(Type.String()) }),
);

/** A product that runs out. */
export const StockAlertView = defineViewModel('DesktopStockAlert', Type.Object({ productId: Type.String(), available: Type.Integer(), reorderLevel: Type.Integer(), at: Type.String() }));
