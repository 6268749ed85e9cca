import { PorticoError, type CallSpan, type Cancellable, Cancellation, type RequestContext } from '@portico/core';
import type { BackendClient } from '@portico/backend-client';
import { Joined } from './joined.js';
import { reasonFor } from './part.js';
import { skipped, type PartEnd, type PartRun, type PartStart } from './part-run.js';
import type { PartPlan, RunScope } from './plan.js';
import { runCall } from './run-call.js';
import { runEach } from './run-each.js';
import { runJoin } from './run-join.js';

/** One run of an aggregate: its parts in parallel, each as soon as what it needs is there. */
export class AggregateRun implements PartRun, Cancellable {
  readonly client: BackendClient;
  readonly context: RequestContext;
  readonly cancellation = new Cancellation();
  readonly scope: RunScope;
  readonly #name: string;
  readonly #plans: readonly PartPlan[];
  readonly #due: readonly number[];
  // What is left of the deadline is shared, not the whole of it: an earlier aggregate of the same request may have used some.
  readonly #startedAt: number;
  readonly #leftMs: number;

  constructor(name: string, plans: readonly PartPlan[], due: readonly number[], client: BackendClient, input: unknown, context: RequestContext) {
    this.#name = name;
    this.#plans = plans;
    this.#due = due;
    this.client = client;
    this.context = context;
    this.scope = { input, caller: context.caller };
    this.#startedAt = client.clock.now();
    this.#leftMs = context.deadline.remainingMs();
  }

  cancel(reason: PorticoError): void {
    this.cancellation.cancel(reason);
  }

  /**
   * Runs every part.
   * @returns all parts by name
   * @throws PorticoError of the first required part that failed; whatever still runs is given up
   */
  async run(): Promise<RunScope> {
    this.context.cancellation.add(this);
    try {
      const running: Promise<void>[] = [];
      for (let index = 0; index < this.#plans.length; index++) {
        const plan = this.#plans[index] as PartPlan;
        running.push(plan.after.length === 0 ? this.#runPart(plan, index) : this.#runAfter(plan, index, running));
      }
      await Promise.all(running);
      return this.scope;
    } catch (error) {
      // Not the failure itself: it would be held against services that did nothing wrong.
      this.cancel(new PorticoError('CLIENT_CLOSED', { detail: 'A part without which there is no answer has failed.', cause: error }));
      throw error;
    } finally {
      this.context.cancellation.delete(this);
    }
  }

  async #runAfter(plan: PartPlan, index: number, running: readonly Promise<void>[]): Promise<void> {
    for (const before of plan.after) await running[before];
    return this.#runPart(plan, index);
  }

  #runPart(plan: PartPlan, index: number): Promise<void> {
    const startedAt = this.client.clock.now();
    const dueAt = this.#startedAt + this.#leftMs * (this.#due[index] as number);
    const { context } = this;
    const span = context.telemetry.openSpan(context, context.callSpan);
    const report = (end: PartEnd): void => this.#report(plan, startedAt, span, end);
    return this.#end(plan, { dueAt, span }).then(
      report,
      (error: unknown) => {
        if (plan.required || this.cancellation.cancelled) {
          report({ result: 'failed', error });
          throw error;
        }
        report(this.#fallBack(plan, error));
      },
    );
  }

  #end(plan: PartPlan, start: PartStart): Promise<PartEnd> {
    try {
      return plan.when && !plan.when(this.scope) ? Promise.resolve(this.#skip(plan)) : this.#start(plan, start);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #start(plan: PartPlan, start: PartStart): Promise<PartEnd> {
    switch (plan.kind) {
      case 'call':
        return runCall(plan, this, start);
      case 'join':
        return runJoin(plan, this, start);
      case 'each':
        return runEach(plan, this, start);
    }
  }

  #skip({ name, fallback }: PartPlan): PartEnd {
    this.scope[name] = fallback ? fallback() : { ok: false, reason: 'skipped' };
    return skipped;
  }

  #fallBack(plan: PartPlan, error: unknown): PartEnd {
    const reason = reasonFor(error);
    const { fallback } = plan;
    this.context.degrade(plan.name, reason);
    if (fallback) this.scope[plan.name] = fallback();
    else this.scope[plan.name] = plan.kind === 'join' ? new Joined(new Map(), false) : { ok: false, reason };
    return { result: fallback ? 'default' : 'failed', error };
  }

  #report(plan: PartPlan, startedAt: number, span: CallSpan | undefined, { result, error }: PartEnd): void {
    const durationMs = this.client.clock.now() - startedAt;
    this.context.telemetry.partFinished(this.context, { aggregate: this.#name, part: plan.name, result, startedAt, durationMs, error, span });
  }
}
