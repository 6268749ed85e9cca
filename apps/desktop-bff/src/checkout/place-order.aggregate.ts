import { defineAggregate } from '@portico/aggregation';
import { PorticoError } from '@portico/core';
import { toOrderView } from '../orders/order.shape.js';
import { OrderView } from '../orders/order.view-model.js';
import { emptyBasket, readBasket } from '../services/basket.service.js';
import { placeOrder } from '../services/ordering.service.js';
import type { CheckoutInput } from './checkout.input.js';

interface PlaceOrderInput extends CheckoutInput {
  /** Key under which the client may send the same order again; a basket's version stands in for it. */
  readonly idempotencyKey: string | undefined;
}

/** Basket to order in one call: the order is placed once, however often it is sent, and only then is the basket emptied. */
export const placeOrderAggregate = defineAggregate<PlaceOrderInput>('desktop.place-order')
  .required('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
  .required(
    'order',
    ({ input, caller, basket }) => {
      if (basket.lines.length === 0) throw new PorticoError('STATE_CONFLICT', { detail: 'The basket is empty.' });
      const { addressId, shippingOption, paymentMethod, idempotencyKey } = input;
      const lines = basket.lines.map(({ productId, quantity }) => ({ productId, quantity }));
      return placeOrder({
        body: { customerId: caller.id, lines, addressId, shippingOption, paymentMethod },
        headers: { 'idempotency-key': idempotencyKey ?? `basket-${basket.version}` },
      });
    },
    { after: ['basket'] },
  )
  .optional('emptied', ({ caller }) => emptyBasket({ params: { id: caller.id } }), { after: ['order'] })
  .shape(OrderView, ({ order }) => toOrderView(order, null));
