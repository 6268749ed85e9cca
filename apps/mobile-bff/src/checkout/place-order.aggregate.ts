import { defineAggregate } from '@portico/aggregation';
import type { ServiceCall } from '@portico/backend-client';
import { PorticoError } from '@portico/core';
import { emptyBasket, readBasket, type Basket } from '../services/basket.service.js';
import { readAddresses } from '../services/customers.service.js';
import { placeOrder, type Order } from '../services/ordering.service.js';
import type { CheckoutInput } from './checkout.input.js';
import { CheckoutView } from './checkout.view-model.js';

interface PlaceOrderInput extends Omit<CheckoutInput, 'addressId'> {
  /** Key under which the client may send the same order again; a basket's version stands in for it. */
  readonly idempotencyKey: string | undefined;
}

interface AddressedInput extends PlaceOrderInput {
  readonly addressId: string;
}

function orderOf(basket: Basket, customerId: string, input: PlaceOrderInput, addressId: string): ServiceCall<Order> {
  if (basket.lines.length === 0) throw new PorticoError('STATE_CONFLICT', { detail: 'The basket is empty.' });
  const { shippingOption, paymentMethod, idempotencyKey } = input;
  const lines = basket.lines.map(({ productId, quantity }) => ({ productId, quantity }));
  return placeOrder({
    body: { customerId, lines, addressId, shippingOption, paymentMethod },
    headers: { 'idempotency-key': idempotencyKey ?? `basket-${basket.version}` },
  });
}

function firstOf(addresses: readonly { readonly id: string }[]): string {
  const [first] = addresses;
  if (first) return first.id;
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'body.addressId', message: 'addressId must be given: the account has no address' }] });
}

/** Basket to order in one call: the order is placed once, however often it is sent, and only then is the basket emptied. */
export const placeOrderAggregate = defineAggregate<AddressedInput>('mobile.place-order')
  .required('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
  .required('order', ({ input, caller, basket }) => orderOf(basket, caller.id, input, input.addressId), { after: ['basket'] })
  .optional('emptied', ({ caller }) => emptyBasket({ params: { id: caller.id } }), { after: ['order'] })
  .shape(CheckoutView, ({ order }) => order);

/** The same for who leaves the address to us: only then is the account needed. */
export const placeOrderToFirstAddressAggregate = defineAggregate<PlaceOrderInput>('mobile.place-order-to-first-address')
  .required('basket', ({ caller }) => readBasket({ params: { id: caller.id } }))
  .required('book', ({ caller }) => readAddresses({ params: { id: caller.id } }))
  .required('order', ({ input, caller, basket, book }) => orderOf(basket, caller.id, input, firstOf(book.addresses)), { after: ['basket', 'book'] })
  .optional('emptied', ({ caller }) => emptyBasket({ params: { id: caller.id } }), { after: ['order'] })
  .shape(CheckoutView, ({ order }) => order);
