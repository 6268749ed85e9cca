import { Injectable } from '@nestjs/common';
import type { Ask, ServiceTask } from '@portico/backend-client';
import { HttpServiceLoader } from '@portico/gateway';
import type { Client } from 'soap';

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

const origin = 'http://shipping/shipping';

/** The legacy shipping service: SOAP 1.1, by the contract that it publishes. */
@Injectable()
export class ShippingService {
  readonly #http: HttpServiceLoader;
  #client: Promise<Client> | undefined;

  constructor(http: HttpServiceLoader) {
    this.#http = http;
  }

  /** What it costs to send a parcel. */
  quotes(weightGrams: number, countryCode: string, postalCode: string): ServiceTask<readonly ShippingQuote[]> {
    return this.#task(async (ask) => {
      const { options = [] } = await this.#call<{ options?: ShippingQuote[] }>('GetQuotes', { weightGrams, countryCode, postalCode }, ask);
      return [options].flat();
    });
  }

  /** Where a parcel is. */
  track(trackingNumber: string): ServiceTask<readonly TrackingEvent[]> {
    return this.#task(async (ask) => {
      const { events = [] } = await this.#call<{ events?: TrackingEvent[] }>('TrackShipment', { trackingNumber }, ask);
      return [events].flat();
    });
  }

  #task<T>(run: (ask: Ask) => Promise<T>): ServiceTask<T> {
    return { service: 'shipping', run };
  }

  async #call<T>(operation: string, input: object, ask: Ask): Promise<T> {
    const client = await this.#connect();
    const options = { timeout: Math.max(1, ask.dueAt - performance.now()), signal: ask.cancellation.toAbortSignal(), context: ask.context };
    const [answer] = (await client[`${operation}Async`](input, options)) as [T];
    return answer ?? ({} as T);
  }

  /**
   * The package is loaded, and the contract read, when the first parcel is asked about; a failure is forgotten, so that the next request asks again.
   * Every request that comes meanwhile waits for it, so it is made on behalf of none: the first one's client may leave.
   */
  #connect(): Promise<Client> {
    this.#client ??= Promise.all([import('soap'), this.#http.load()])
      .then(([{ createClientAsync }, { axiosRef }]) => createClientAsync(`${origin}?wsdl`, { endpoint: origin, request: axiosRef as never }))
      .catch((error: unknown) => {
        this.#client = undefined;
        throw error;
      });
    return this.#client;
  }
}
