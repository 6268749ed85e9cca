import { Deadline, RequestContext, type Clock } from '@portico/core';
import { acceptCorrelationId, type PorticoTelemetry } from '@portico/observability';
import { timeoutHeader } from '@portico/backend-client';
import type { Binding } from '../operations/binding.js';
import type { GatewayRequest } from './gateway-request.js';

/** Step 1, accept: opens the context of a request. */
export class RequestOpener {
  readonly #clock: Clock;
  readonly #telemetry: PorticoTelemetry;
  /** Shortest deadline that a client may ask for, in ms. */
  readonly #minimumMs: number;

  constructor(telemetry: PorticoTelemetry, clock: Clock, minimumMs: number) {
    this.#minimumMs = minimumMs;
    this.#telemetry = telemetry;
    this.#clock = clock;
  }

  open(request: GatewayRequest, binding: Binding): RequestContext {
    const { headers, method, url } = request.raw;
    const deadlineMs = shorter(binding.deadlineMs, headers[timeoutHeader], this.#minimumMs);
    const context = new RequestContext({
      id: acceptCorrelationId(headers['x-correlation-id'] as string | undefined),
      method: method as string,
      url: url as string,
      headers,
      address: request.ip,
      trace: this.#telemetry.openTrace(headers.traceparent as string | undefined, headers.tracestate as string | undefined),
      deadline: new Deadline(this.#clock, this.#clock.now(), deadlineMs),
      endpoint: binding.endpoint,
      telemetry: this.#telemetry,
    });
    request.binding = binding;
    request.gatewayContext = context;
    return context;
  }
}

/** A client may ask for an earlier answer than the operation allows, never for a later one, nor for one so early that no service could give it. */
function shorter(deadlineMs: number, asked: string | string[] | undefined, minimumMs: number): number {
  if (typeof asked !== 'string' || !/^\d{1,7}$/.test(asked)) return deadlineMs;
  return Math.min(deadlineMs, Math.max(minimumMs, Number(asked)));
}
