import { isPorticoError, type CallSpan, type Cancellable, type Cancellation, type PorticoError, type RequestContext } from '@portico/core';
import type { InstanceOutcome, InstanceSet, InstanceState, PickHint } from '@portico/discovery';
import type { Execution } from '@portico/resilience';
import type { RuntimeDependencies } from './service-runtime.js';
import { classifyFailure, connectionFailed } from './service-error.js';

/** What every call to a service carries from attempt to attempt. */
export interface AttemptedCall {
  readonly context: RequestContext | undefined;
  readonly method: string;
  /** Path of the endpoint before its parameters were filled in; undefined where there is none. */
  readonly template: string | undefined;
  /** What its attempts hang under in the trace. */
  readonly span: CallSpan | undefined;
  /** Where the latest attempt went. */
  instance: InstanceState | undefined;
  /** What the choice of an instance depends on besides the instances. */
  readonly hint?: PickHint | undefined;
}

/** An exchange under way. */
export interface AttemptHandle<Answer> extends Cancellable {
  readonly answer: Promise<Answer>;
  /** Status of the answer; 0 until it has begun. */
  readonly status: number;
}

/** Books each attempt at a service: picks its instance, counts it there, and reports how it ended. */
export class AttemptLedger {
  readonly #service: string;
  readonly #instances: InstanceSet;
  readonly #deps: RuntimeDependencies;

  constructor(service: string, instances: InstanceSet, deps: RuntimeDependencies) {
    this.#service = service;
    this.#instances = instances;
    this.#deps = deps;
  }

  /**
   * Makes one attempt.
   * @param attempt settles when the exchange has ended, as far as it matters to the instance
   * @param send hands the exchange to a connection of the instance, with its place in the trace if it has one; may throw
   * @param accept turns the answer into a result, or refuses it by throwing
   * @throws PorticoError when there is no instance, or `send` fails; otherwise the failure is a rejection
   */
  run<Call extends AttemptedCall, Answer, Result>(
    execution: Execution<Call>,
    attempt: AttemptHandle<Answer>,
    send: (instance: InstanceState, startedAt: number, span: CallSpan | undefined) => void,
    accept: (answer: Answer) => Result,
  ): Promise<Result> {
    const { call, cancellation } = execution;
    const { clock, telemetry } = this.#deps;
    const state = this.#instances.pick(call.instance, call.hint);
    call.instance = state;
    const startedAt = clock.now();
    const { context, method, template } = call;
    const span = telemetry.openSpan(context, call.span);
    const ended = (error: unknown): void => {
      cancellation.delete(attempt);
      const durationMs = clock.now() - startedAt;
      this.#instances.finished(state, outcomeOf(error, durationMs, cancellation));
      telemetry.attemptFinished(context, { service: this.#service, instance: state.instance.id, method, template, attempt: execution.attempt, status: attempt.status, durationMs, error, span });
    };
    const failed = (caught: unknown): never => {
      const error = isPorticoError(caught) ? caught : connectionFailed(this.#service, caught as Error);
      ended(error);
      throw error;
    };
    const answered = (answer: Answer): Result => {
      let result: Result;
      try {
        result = accept(answer);
      } catch (error) {
        return failed(error);
      }
      ended(undefined);
      return result;
    };
    this.#instances.started(state);
    cancellation.add(attempt);
    try {
      send(state, startedAt, span);
    } catch (error) {
      return failed(error);
    }
    return attempt.answer.then(answered, failed);
  }
}

/** What a call says about the instance: nothing when it was given up from this side for anything but its slowness. */
function outcomeOf(error: unknown, durationMs: number, { reason: givenUp }: Cancellation): InstanceOutcome {
  if (error === undefined) return { ok: true, durationMs };
  if (givenUp && (givenUp as PorticoError).code !== 'SERVICE_TIMEOUT') return { ok: undefined, durationMs };
  const { countsAgainstService, sent } = classifyFailure(error);
  if (countsAgainstService) return { ok: false, durationMs, unreachable: !sent };
  return { ok: sent ? true : undefined, durationMs };
}
