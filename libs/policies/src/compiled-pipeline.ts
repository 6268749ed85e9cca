import type { Awaitable, OutgoingAnswer, Policy, PolicySteps, PorticoError, RequestContext } from '@portico/core';

type Inbound = NonNullable<PolicySteps['inbound']>;
type Outbound = NonNullable<PolicySteps['outbound']>;
type OnError = NonNullable<PolicySteps['onError']>;

/** The policies of one endpoint, compiled at start into flat lists: a request looks nothing up. */
export class CompiledPipeline {
  /** Names of the policies that have something to do here, in order. */
  readonly policies: readonly string[];
  readonly #inbound: readonly Inbound[];
  readonly #outbound: readonly Outbound[];
  readonly #onError: readonly OnError[];

  constructor(steps: readonly (PolicySteps & Pick<Policy, 'name'>)[]) {
    this.policies = steps.map((step) => step.name);
    this.#inbound = steps.flatMap((step) => step.inbound ?? []);
    this.#outbound = steps.flatMap((step) => step.outbound ?? []);
    this.#onError = steps.flatMap((step) => step.onError ?? []);
  }

  get hasOutbound(): boolean {
    return this.#outbound.length > 0;
  }

  /**
   * Runs the inbound section in order, until it is through or a policy has the answer (`context.ready`).
   * Returns no promise unless a step does.
   * @throws PorticoError with which a policy refuses the request
   */
  inbound(context: RequestContext): Awaitable<void> {
    return this.#inboundFrom(0, context);
  }

  /** Runs the outbound section in order. Returns no promise unless a step does. */
  outbound(context: RequestContext, answer: OutgoingAnswer): Awaitable<void> {
    return this.#outboundFrom(0, context, answer);
  }

  /** Lets each on-error step replace the error, in order. */
  onError(context: RequestContext, error: PorticoError): PorticoError {
    let current = error;
    for (const step of this.#onError) current = step(context, current) ?? current;
    return current;
  }

  #inboundFrom(start: number, context: RequestContext): Awaitable<void> {
    const steps = this.#inbound;
    for (let index = start; index < steps.length && context.ready === undefined; index++) {
      const pending = (steps[index] as Inbound)(context);
      if (pending !== undefined) return pending.then(() => this.#inboundFrom(index + 1, context));
    }
  }

  #outboundFrom(start: number, context: RequestContext, answer: OutgoingAnswer): Awaitable<void> {
    const steps = this.#outbound;
    for (let index = start; index < steps.length; index++) {
      const pending = (steps[index] as Outbound)(context, answer);
      if (pending !== undefined) return pending.then(() => this.#outboundFrom(index + 1, context, answer));
    }
  }
}
