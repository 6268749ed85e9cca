import type { BackendClient } from '@portico/backend-client';
import type { RequestContext } from '@portico/core';
import { AggregateRun } from './aggregate-run.js';
import { dueFractions } from './deadline-shares.js';
import type { PartPlan, RunScope } from './plan.js';

/** One answer made of several service calls. Defined once at start by `defineAggregate`, run once per request. */
export class Aggregate<Input, Output> {
  readonly name: string;
  /** Names of its parts, in order. */
  readonly parts: readonly string[];
  readonly #plans: readonly PartPlan[];
  readonly #due: readonly number[];
  readonly #shape: (scope: RunScope) => Output;

  constructor(name: string, plans: readonly PartPlan[], shape: (scope: RunScope) => Output) {
    this.name = name;
    this.parts = plans.map((plan) => plan.name);
    this.#plans = plans;
    this.#due = dueFractions(plans);
    this.#shape = shape;
  }

  /**
   * Runs the parts inside the request's deadline and shapes what they brought.
   * Parts that failed are noted in `context.degraded`.
   * @throws PorticoError of the first required part that failed
   */
  async run(client: BackendClient, input: Input, context: RequestContext): Promise<Output> {
    return this.#shape(await new AggregateRun(this.name, this.#plans, this.#due, client, input, context).run());
  }
}
