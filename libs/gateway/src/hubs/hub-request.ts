import type { RequestContext } from '@portico/core';
import type { HubCall, HubConnection } from '@portico/realtime';

/** A call of a hub's method as the method gets it by `@Call()`: with the context that aggregates and service calls want. */
export class HubRequest implements HubCall {
  readonly context: RequestContext;
  readonly #call: HubCall;

  constructor(call: HubCall, context: RequestContext) {
    this.context = context;
    this.#call = call;
  }

  get connection(): HubConnection {
    return this.#call.connection;
  }

  get arguments(): readonly unknown[] {
    return this.#call.arguments;
  }

  get signal(): AbortSignal {
    return this.#call.signal;
  }
}
