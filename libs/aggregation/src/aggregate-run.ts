import { isPorticoError, PorticoError, type Cancellable, Cancellation, type PartOutcome, type RequestContext } from '@portico/core';
import type { BackendClient, ServiceCall, ServiceTask } from '@portico/backend-client';
import { Joined } from './joined.js';
import { reasonFor } from './part.js';
import type { CallPlan, JoinPlan, PartPlan, RunScope } from './plan.js';

/** One run of an aggregate: its parts in parallel, each as soon as what it needs is there. */
export class AggregateRun implements Cancellable {
  readonly #name: string;
  readonly #plans: readonly PartPlan[];
  readonly #due: readonly number[];
  readonly #client: BackendClient;
  readonly #context: RequestContext;
  readonly #cancellation = new Cancellation();
  readonly #scope: RunScope;

  constructor(name: string, plans: readonly PartPlan[], due: readonly number[], client: BackendClient, input: unknown, context: RequestContext) {
    this.#name = name;
    this.#plans = plans;
    this.#due = due;
    this.#client = client;
    this.#context = context;
    this.#scope = { input, caller: context.caller };
  }

  cancel(reason: PorticoError): void {
    this.#cancellation.cancel(reason);
  }

  /**
   * Runs every part.
   * @returns all parts by name
   * @throws PorticoError of the first required part that failed; whatever still runs is given up
   */
  async run(): Promise<RunScope> {
    this.#context.cancellation.add(this);
    try {
      const running: Promise<void>[] = [];
      for (let index = 0; index < this.#plans.length; index++) {
        const plan = this.#plans[index] as PartPlan;
        running.push(plan.after.length === 0 ? this.#runPart(plan, index) : this.#runAfter(plan, index, running));
      }
      await Promise.all(running);
      return this.#scope;
    } catch (error) {
      this.cancel(isPorticoError(error) ? error : new PorticoError('INTERNAL', { cause: error }));
      throw error;
    } finally {
      this.#context.cancellation.delete(this);
    }
  }

  async #runAfter(plan: PartPlan, index: number, running: readonly Promise<void>[]): Promise<void> {
    await Promise.all(plan.after.map((before) => running[before]));
    return this.#runPart(plan, index);
  }

  async #runPart(plan: PartPlan, index: number): Promise<void> {
    const startedAt = this.#client.clock.now();
    const dueAt = this.#context.deadline.at(this.#due[index] as number);
    try {
      const result = plan.kind === 'join' ? await this.#join(plan, dueAt) : await this.#call(plan, dueAt);
      this.#report(plan, startedAt, result, undefined);
    } catch (error) {
      if (plan.required || this.#cancellation.cancelled) {
        this.#report(plan, startedAt, 'failed', error);
        throw error;
      }
      this.#report(plan, startedAt, this.#fallBack(plan, error), error);
    }
  }

  async #call(plan: CallPlan, dueAt: number): Promise<PartOutcome['result']> {
    if (plan.when && !plan.when(this.#scope)) {
      this.#scope[plan.name] = plan.fallback ? plan.fallback.value : { ok: false, reason: 'skipped' };
      return 'skipped';
    }
    const call = plan.call(this.#scope);
    let value: unknown;
    try {
      value = await this.#send(call, dueAt);
    } catch (error) {
      const old = plan.stale && !this.#cancellation.cancelled ? await this.#client.stale(call, this.#context) : undefined;
      if (!old) throw error;
      this.#context.degrade(plan.name, 'stale');
      this.#scope[plan.name] = plan.fallback ? old.value : { ok: true, value: old.value, source: 'stale' };
      return 'stale';
    }
    this.#scope[plan.name] = plan.required || plan.fallback ? value : { ok: true, value, source: 'service' };
    return 'ok';
  }

  #fallBack(plan: PartPlan, error: unknown): PartOutcome['result'] {
    const reason = reasonFor(isPorticoError(error) ? error.code : undefined);
    this.#context.degrade(plan.name, reason);
    if (plan.kind === 'join') this.#scope[plan.name] = new Joined(new Map(), false);
    else this.#scope[plan.name] = plan.fallback ? plan.fallback.value : { ok: false, reason };
    return plan.kind === 'call' && plan.fallback ? 'default' : 'failed';
  }

  async #join(plan: JoinPlan, dueAt: number): Promise<PartOutcome['result']> {
    const ids = [...new Set(plan.ids(this.#scope))];
    const calls: Promise<readonly unknown[]>[] = [];
    for (let start = 0; start < ids.length; start += plan.chunkSize) {
      calls.push(this.#send(plan.fetch(ids.slice(start, start + plan.chunkSize), this.#scope), dueAt).then(itemsOf));
    }
    const chunks = plan.required || calls.length < 2 ? (await Promise.all(calls)).map(fulfilled) : await Promise.allSettled(calls);
    const byId = new Map<string, unknown>();
    let failure: unknown;
    for (const chunk of chunks) {
      if (chunk.status === 'rejected') failure = chunk.reason;
      else for (const item of chunk.value) byId.set(plan.key(item as never), item);
    }
    if (failure !== undefined) {
      if (byId.size === 0 || this.#cancellation.cancelled) throw failure;
      this.#context.degrade(plan.name, reasonFor(isPorticoError(failure) ? failure.code : undefined));
    }
    this.#scope[plan.name] = new Joined(byId, failure === undefined);
    return failure === undefined ? 'ok' : 'failed';
  }

  #send<T>(call: ServiceCall<T> | ServiceTask<T>, dueAt: number): Promise<T> {
    return this.#client.run(call, { context: this.#context, dueAt, cancellation: this.#cancellation });
  }

  #report(plan: PartPlan, startedAt: number, result: PartOutcome['result'], error: unknown): void {
    const durationMs = this.#client.clock.now() - startedAt;
    this.#context.telemetry.partFinished(this.#context, { aggregate: this.#name, part: plan.name, result, startedAt, durationMs, error });
  }
}

function itemsOf(answer: readonly unknown[] | { readonly items: readonly unknown[] }): readonly unknown[] {
  return 'items' in answer ? answer.items : answer;
}

function fulfilled<T>(value: T): PromiseFulfilledResult<T> {
  return { status: 'fulfilled', value };
}
