import type { Awaitable, ForwardRequest, OutgoingAnswer, PolicySteps, PorticoError, RequestContext, ServiceAnswer } from '@portico/core';
import { runBackend, type BackendStep } from './backend-chain.js';
import { sectionStep, type DescribedPipeline, type DescribedStep, type PipelineStep, type PolicySection } from './policy-section.js';

type Inbound = NonNullable<PolicySteps['inbound']>;
type Outbound = NonNullable<PolicySteps['outbound']>;
type OnError = NonNullable<PolicySteps['onError']>;

/** The policies of one endpoint, compiled at start into flat lists: a request looks nothing up. */
export class CompiledPipeline {
  /** Names of the policies that have something to do here, in order, each once. */
  readonly policies: readonly string[];
  readonly #described: DescribedPipeline;
  readonly #inbound: readonly Inbound[];
  readonly #backend: readonly BackendStep[];
  readonly #outbound: readonly Outbound[];
  readonly #onError: readonly OnError[];

  constructor(steps: readonly PipelineStep[]) {
    this.policies = [...new Set(steps.map((step) => step.name))];
    this.#inbound = steps.flatMap((step) => sectionStep(step, 'inbound') ?? []);
    this.#backend = steps.flatMap((step) => {
      const run = sectionStep(step, 'backend');
      return run ? [{ name: step.name, run }] : [];
    });
    this.#outbound = steps.flatMap((step) => sectionStep(step, 'outbound') ?? []);
    this.#onError = steps.flatMap((step) => sectionStep(step, 'onError') ?? []);
    const described = (section: PolicySection): readonly DescribedStep[] => steps.filter((step) => step.steps[section]).map(({ name, origin }) => ({ name, origin }));
    this.#described = { inbound: described('inbound'), backend: described('backend'), outbound: described('outbound'), onError: described('onError') };
  }

  get hasOutbound(): boolean {
    return this.#outbound.length > 0;
  }

  /** What runs here, section by section and in order, and where each step was declared. */
  describe(): DescribedPipeline {
    return this.#described;
  }

  /**
   * Runs the inbound section in order, until it is through or a policy has the answer (`context.ready`).
   * Returns no promise unless a step does.
   * @throws PorticoError with which a policy refuses the request
   */
  inbound(context: RequestContext): Awaitable<void> {
    return this.#inboundFrom(0, context);
  }

  /**
   * Runs the backend section around `send`, which calls the service with what `request` then says; the first policy is the outermost.
   * Costs nothing where no policy has a backend step. Never throws: whatever fails rejects.
   */
  backend(context: RequestContext, request: ForwardRequest, send: () => Promise<ServiceAnswer>): Promise<ServiceAnswer> {
    return this.#backend.length === 0 ? send() : runBackend(this.#backend, 0, context, request, send);
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
