import { maxParcelGrams, shippingRates, type ShippingRate } from '../data/shipping-rates.js';
import type { Order, OrderStatus } from '../data/order.schema.js';
import type { OrderBook } from '../ordering/order-book.js';
import { clientFault } from './soap-fault.js';

/** A station of a parcel. */
export interface TrackingEvent {
  readonly at: string;
  readonly location: string;
  readonly text: string;
}

/** The message of GetQuotes, not yet checked. */
export interface QuoteRequest {
  readonly weightGrams?: unknown;
  readonly countryCode?: unknown;
  readonly postalCode?: unknown;
}

/** What each way of shipping costs. Throws a client fault for a bad weight, an unknown country or a bad postal code. */
export function getQuotes({ weightGrams, countryCode, postalCode }: QuoteRequest): { options: readonly ShippingRate[] } {
  const weight = Number(weightGrams);
  if (!Number.isInteger(weight) || weight < 1 || weight > maxParcelGrams) throw clientFault(`weightGrams must be a whole number from 1 to ${maxParcelGrams}`);
  if (typeof postalCode !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9 -]{1,11}$/.test(postalCode)) throw clientFault('postalCode must be 2 to 12 letters, digits, blanks or hyphens');
  const options = typeof countryCode === 'string' ? shippingRates(weight, countryCode) : undefined;
  if (!options) throw clientFault('countryCode must be the ISO 3166 code of a country we ship to');
  return { options };
}

const eventTexts: Partial<Record<OrderStatus, { readonly location: string; readonly text: string }>> = {
  packed: { location: 'Leipzig', text: 'Parcel data received' },
  shipped: { location: 'Leipzig', text: 'Handed over to the carrier' },
};

/** Where a parcel is. Throws a client fault for a malformed or unknown number. */
export function trackShipment(orders: OrderBook, trackingNumber: unknown): { status: string; events: readonly TrackingEvent[] } {
  if (typeof trackingNumber !== 'string' || !/^PT\d{9}EU$/.test(trackingNumber)) throw clientFault('trackingNumber must look like PT000000001EU');
  const order = orders.findByTrackingNumber(trackingNumber);
  if (!order) throw clientFault('trackingNumber is unknown');
  return { status: order.status === 'delivered' ? 'delivered' : 'in transit', events: order.timeline.flatMap((step) => eventOf(order, step)) };
}

function eventOf(order: Order, { status, at }: Order['timeline'][number]): TrackingEvent[] {
  const known = status === 'delivered' ? { location: order.address.city, text: 'Delivered to the recipient' } : eventTexts[status];
  return known ? [{ at, ...known }] : [];
}
