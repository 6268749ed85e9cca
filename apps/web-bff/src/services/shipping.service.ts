import { Injectable } from '@nestjs/common';
import type { ServiceTask } from '@portico/backend-client';
import { HttpServiceLoader, SoapService } from '@portico/gateway';

/** A way to ship a parcel. */
export interface ShippingQuote {
  readonly code: string;
  readonly label: string;
  readonly priceCents: number;
  readonly days: number;
}

/** A station of a parcel. */
export interface TrackingEvent {
  readonly at: string;
  readonly location: string;
  readonly text: string;
}

/** The legacy shipping service. */
@Injectable()
export class ShippingService {
  readonly #shipping: SoapService;

  constructor(http: HttpServiceLoader) {
    this.#shipping = new SoapService('shipping', '/shipping', http);
  }

  /** What it costs to send a parcel. */
  quotes(weightGrams: number, countryCode: string, postalCode: string): ServiceTask<readonly ShippingQuote[]> {
    return this.#shipping.call<{ options: ShippingQuote[] }, readonly ShippingQuote[]>('GetQuotes', { weightGrams, countryCode, postalCode }, ({ options = [] }) => [options].flat());
  }

  /** Where a parcel is. */
  track(trackingNumber: string): ServiceTask<readonly TrackingEvent[]> {
    return this.#shipping.call<{ events: TrackingEvent[] }, readonly TrackingEvent[]>('TrackShipment', { trackingNumber }, ({ events = [] }) => [events].flat());
  }
}
