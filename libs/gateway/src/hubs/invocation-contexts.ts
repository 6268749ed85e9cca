import { randomUUID } from 'node:crypto';
import { Deadline, isPorticoError, PorticoError, RequestContext, type Clock } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import { HubError, type HubCall } from '@portico/realtime';
import type { Binding } from '../operations/binding.js';
import type { ConnectedCaller } from './connected-caller.js';

/** Opens a context for each call of a hub's method, as step 1 does for a request, and reports the call when it has ended. */
export class InvocationContexts {
  readonly #clock: Clock;
  readonly #telemetry: PorticoTelemetry;

  constructor(clock: Clock, telemetry: PorticoTelemetry) {
    this.#clock = clock;
    this.#telemetry = telemetry;
  }

  /** Runs `work` with the context of a call: service calls that it makes end with the call. */
  async within<T>(call: HubCall, binding: Binding, work: (context: RequestContext) => Promise<T>): Promise<T> {
    const context = this.#open(call, binding);
    const giveUp = (): void => context.cancellation.cancel(new PorticoError('CLIENT_CLOSED'));
    if (call.signal.aborted) giveUp();
    else call.signal.addEventListener('abort', giveUp, { once: true });
    this.#telemetry.requestStarted(context);
    try {
      const result = await work(context);
      this.#finish(context, undefined);
      return result;
    } catch (error) {
      this.#finish(context, error);
      throw error;
    } finally {
      call.signal.removeEventListener('abort', giveUp);
    }
  }

  #open({ connection }: HubCall, { endpoint, deadlineMs }: Binding): RequestContext {
    const { address = '', subjectToken } = connection.caller as Partial<ConnectedCaller>;
    const telemetry = this.#telemetry;
    const deadline = new Deadline(this.#clock, this.#clock.now(), deadlineMs);
    const context = new RequestContext({ id: randomUUID(), method: 'INVOKE', url: endpoint.path, headers: {}, address, trace: telemetry.openTrace(undefined, undefined), deadline, endpoint, telemetry });
    context.caller = connection.caller;
    context.subjectToken = subjectToken;
    return context;
  }

  #finish(context: RequestContext, caught: unknown): void {
    const error = caught === undefined ? undefined : reported(caught);
    this.#telemetry.requestFinished(context, {
      status: error?.status ?? 200,
      durationMs: this.#clock.now() - context.deadline.startedAt,
      bodyBytes: 0,
      aborted: context.cancellation.cancelled && error === undefined,
      code: error?.code,
      error,
    });
  }
}

/** What the log is told of a failed call: a refusal by the method itself is the client's fault. */
function reported(caught: unknown): PorticoError {
  return [caught, (caught as Error).cause].find(isPorticoError) ?? new PorticoError(caught instanceof HubError ? 'REQUEST_INVALID' : 'INTERNAL', { cause: caught });
}
