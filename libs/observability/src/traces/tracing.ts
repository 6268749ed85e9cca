import type { Context, Span, SpanOptions } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { systemClock, type AttemptOutcome, type CallSpan, type Clock, type PartOutcome, type RequestContext, type RequestOutcome } from '@portico/core';
import { errorType } from '../error-type.js';
import { processIds } from '../random-ids.js';
import { AssignedIds } from './assigned-ids.js';
import { OpenSpan } from './open-span.js';
import type { OpenTelemetry } from './open-telemetry.js';
import { attemptAttributes, attemptName, methodAttribute, requestAttributes } from './span-attributes.js';

/** What a sampled request carries in `context.span`. */
class RequestSpan {
  constructor(
    readonly span: Span,
    /** OpenTelemetry's context, handed on explicitly. */
    readonly context: Context,
    /** What turns the clock's monotonic time into wall time; one for all spans of a request, so that they fit. */
    readonly epochOffsetMs: number,
  ) {}
}

export interface TracingOptions {
  /** `service.name` of the spans. */
  readonly name: string;
  /** `service.instance.id` of the spans. */
  readonly instance: string;
  readonly processors: readonly SpanProcessor[];
  readonly clock?: Clock | undefined;
}

/**
 * Records spans of sampled requests: one server span, whose ids are those of the request's `TraceContext`, and under it one
 * span per part and one client span per attempt. For any other request no object of OpenTelemetry is made.
 */
export class Tracing {
  readonly #otel: OpenTelemetry;
  readonly #ids = new AssignedIds();
  readonly #provider;
  readonly #tracer;
  readonly #clock: Clock;

  constructor(otel: OpenTelemetry, { name, instance, processors, clock = systemClock }: TracingOptions) {
    this.#otel = otel;
    this.#clock = clock;
    this.#provider = new otel.BasicTracerProvider({
      // What is not sampled never gets here.
      sampler: new otel.AlwaysOnSampler(),
      idGenerator: this.#ids,
      resource: otel.resourceFromAttributes({ 'service.name': name, 'service.instance.id': instance }),
      spanProcessors: [...processors],
    });
    this.#tracer = this.#provider.getTracer('portico');
  }

  requestStarted(context: RequestContext): void {
    const { trace, endpoint, deadline } = context;
    if (!trace.sampled) return;
    const { api } = this.#otel;
    const epochOffsetMs = this.#clock.epochMs() - this.#clock.now();
    const method = methodAttribute(context.method);
    // A configured route may be for any method.
    const verb = endpoint.method || (method === '_OTHER' ? 'HTTP' : method);
    const name = endpoint.path === '' ? verb : `${verb} ${endpoint.path}`;
    const options = { kind: api.SpanKind.SERVER, startTime: deadline.startedAt + epochOffsetMs, attributes: requestAttributes(context) };
    const span = this.#ids.assign(trace, () => this.#tracer.startSpan(name, options, this.#parentOf(context)));
    context.span = new RequestSpan(span, api.trace.setSpan(api.ROOT_CONTEXT, span), epochOffsetMs);
  }

  openSpan(context: RequestContext, parent: CallSpan | undefined): CallSpan | undefined {
    return context.span instanceof RequestSpan ? new OpenSpan(context.trace, processIds.spanId(), parent) : undefined;
  }

  partFinished(context: RequestContext, { aggregate, part, result, startedAt, durationMs, error, span: open }: PartOutcome): void {
    const request = context.span;
    if (!(request instanceof RequestSpan)) return;
    const startTime = startedAt + request.epochOffsetMs;
    const attributes = { 'portico.aggregate': aggregate, 'portico.part': part, 'portico.part.result': result };
    const span = this.#child(request, `${aggregate}.${part}`, { startTime, attributes }, open);
    if (error != null) span.setAttribute('error.type', errorType(error));
    if (result === 'failed') span.setStatus({ code: this.#otel.api.SpanStatusCode.ERROR });
    span.end(startTime + durationMs);
  }

  attemptFinished(context: RequestContext | undefined, outcome: AttemptOutcome): void {
    const request = context?.span;
    if (!(request instanceof RequestSpan)) return;
    const { api } = this.#otel;
    const endTime = this.#clock.now() + request.epochOffsetMs;
    const options = { kind: api.SpanKind.CLIENT, startTime: endTime - outcome.durationMs, attributes: attemptAttributes(outcome) };
    const span = this.#child(request, attemptName(outcome), options, outcome.span);
    const failure = outcome.status >= 400 ? String(outcome.status) : outcome.error != null || outcome.status === 0 ? errorType(outcome.error) : undefined;
    if (failure !== undefined) span.setAttribute('error.type', failure).setStatus({ code: api.SpanStatusCode.ERROR });
    span.end(endTime);
  }

  requestFinished(context: RequestContext, { status, durationMs, code, aborted }: RequestOutcome): void {
    const request = context.span;
    if (!(request instanceof RequestSpan)) return;
    const { span } = request;
    if (status > 0) span.setAttribute('http.response.status_code', status);
    if (status >= 500 || aborted) {
      span.setAttribute('error.type', code ?? (aborted ? 'CLIENT_CLOSED' : String(status)));
      // The client's leaving is no failure of the gateway.
      if (status >= 500) span.setStatus({ code: this.#otel.api.SpanStatusCode.ERROR });
    }
    span.end(context.deadline.startedAt + durationMs + request.epochOffsetMs);
  }

  /** Hands every finished span to the processors' exporters and stops them. */
  async close(): Promise<void> {
    await this.#provider.forceFlush({ timeoutMillis: 5_000 }).catch(() => {});
    await this.#provider.shutdown();
  }

  /** Starts a span of a request: under what its place says, with the id that others were told. */
  #child({ span, context }: RequestSpan, name: string, options: SpanOptions, open: CallSpan | undefined): Span {
    if (open === undefined) return this.#tracer.startSpan(name, options, context);
    const { api } = this.#otel;
    const { traceId, traceFlags } = span.spanContext();
    const parent = open.parent ? api.trace.setSpanContext(api.ROOT_CONTEXT, { traceId, traceFlags, spanId: open.parent.spanId }) : context;
    return this.#ids.assign({ traceId, spanId: open.spanId }, () => this.#tracer.startSpan(name, options, parent));
  }

  #parentOf({ trace }: RequestContext): Context {
    const { api } = this.#otel;
    if (trace.parentSpanId === '') return api.ROOT_CONTEXT;
    return api.trace.setSpanContext(api.ROOT_CONTEXT, {
      traceId: trace.traceId,
      spanId: trace.parentSpanId,
      traceFlags: api.TraceFlags.SAMPLED,
      isRemote: true,
      ...(trace.state === '' ? {} : { traceState: api.createTraceState(trace.state) }),
    });
  }
}
