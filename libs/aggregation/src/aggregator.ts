import { BackendClient } from '@portico/backend-client';
import type { RequestContext } from '@portico/core';
import type { Aggregate } from './aggregate.js';

/** Runs aggregates over a BFF's services. Inject it into controllers. */
export class Aggregator {
  readonly #client: BackendClient;

  constructor(client: BackendClient) {
    this.#client = client;
  }

  /**
   * Runs `aggregate` for one request.
   * @throws PorticoError of the first required part that failed
   */
  run<Input, Output>(aggregate: Aggregate<Input, Output>, input: Input, context: RequestContext): Promise<Output> {
    return aggregate.run(this.#client, input, context);
  }
}
