import { randomUUID } from 'node:crypto';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  systemClock,
  type AttemptOutcome,
  type CallSpan,
  type Clock,
  type PartOutcome,
  type RequestContext,
  type RequestOutcome,
  type ServiceEvent,
  type ServiceLoad,
  type Telemetry,
  type TraceContext,
} from '@portico/core';
import type { Logger } from 'pino';
import { AccessLog } from './log/access-log.js';
import { createLogger, type LogDestination } from './log/create-logger.js';
import type { LogConfig } from './log/log.config.js';
import { ServiceLog } from './log/service-log.js';
import type { FirewallAction } from './metrics/firewall-metrics.js';
import type { HubMeter } from './metrics/hub-metrics.js';
import { Metrics } from './metrics/metrics.js';
import type { MetricsConfig } from './metrics/metrics.config.js';
import { openTrace } from './traces/open-trace.js';
import { LogSpanExporter } from './traces/log-span-exporter.js';
import { loadOpenTelemetry, type OpenTelemetry } from './traces/open-telemetry.js';
import { otlpExporter } from './traces/otlp-exporter.js';
import { RatioSampler, type TraceSampler } from './traces/ratio-sampler.js';
import { SpanDelivery } from './traces/span-delivery.js';
import type { TracesConfig } from './traces/traces.config.js';
import { Tracing } from './traces/tracing.js';

export interface PorticoTelemetryOptions {
  /** Name of the application: in every log line, and `service.name` of its spans. */
  readonly name: string;
  /** Name of this process among those of the application: `service.instance.id` of its spans; empty or absent: a random one. */
  readonly instance?: string | undefined;
  readonly log: Readonly<LogConfig>;
  readonly metrics: Readonly<MetricsConfig>;
  readonly traces: Readonly<TracesConfig>;
  readonly clock?: Clock | undefined;
  /** Default: standard output, buffered. */
  readonly logDestination?: LogDestination | undefined;
  /** Where spans go besides the configured exporter. */
  readonly spanProcessors?: readonly SpanProcessor[] | undefined;
}

/** Reports to access log, metrics and traces; what is switched off costs nothing. */
export class PorticoTelemetry implements Telemetry {
  /** The application's log. */
  readonly logger: Logger;
  readonly #accessLog: AccessLog | undefined;
  readonly #serviceLog: ServiceLog;
  readonly #metrics: Metrics | undefined;
  readonly #tracing: Tracing | undefined;
  readonly #sampler: TraceSampler;
  readonly #clock: Clock;

  private constructor({ log, metrics, traces, clock = systemClock }: PorticoTelemetryOptions, logger: Logger, tracing: Tracing | undefined) {
    this.#clock = clock;
    this.logger = logger;
    this.#accessLog = log.requests && this.logger.isLevelEnabled('warn') ? new AccessLog(this.logger) : undefined;
    this.#serviceLog = new ServiceLog(this.logger);
    this.#metrics = metrics.enabled ? new Metrics() : undefined;
    this.#tracing = tracing;
    // A trace that nobody records must not be announced to the services as sampled.
    this.#sampler = new RatioSampler(tracing ? traces.ratio : 0);
  }

  /** Makes the telemetry of one application; loads OpenTelemetry only when spans can be recorded and have somewhere to go. */
  static async start(options: PorticoTelemetryOptions): Promise<PorticoTelemetry> {
    const { name, instance, log, traces, clock = systemClock, logDestination, spanProcessors = [] } = options;
    const logger = createLogger({ level: log.level, name, destination: logDestination, flushIntervalMs: log.flushIntervalMs, clock });
    const wanted = traces.ratio > 0 && (traces.exporter !== 'none' || spanProcessors.length > 0);
    if (!wanted) return new PorticoTelemetry(options, logger, undefined);
    const otel = await loadOpenTelemetry();
    const configured = await processorFor(traces, otel, logger);
    const tracing = new Tracing(otel, { name, instance: instance || randomUUID(), processors: [...(configured ? [configured] : []), ...spanProcessors], clock });
    const telemetry = new PorticoTelemetry(options, logger, tracing);
    if (configured instanceof SpanDelivery) telemetry.#metrics?.watchSpans(configured);
    return telemetry;
  }

  /** The place of a new request in its trace, sampled by the configured ratio. */
  openTrace(traceparent: string | undefined, tracestate: string | undefined): TraceContext {
    return openTrace(traceparent, tracestate, this.#sampler);
  }

  requestStarted(context: RequestContext): void {
    this.#metrics?.requestStarted();
    this.#tracing?.requestStarted(context);
  }

  requestFinished(context: RequestContext, outcome: RequestOutcome): void {
    this.#metrics?.requestFinished(context, outcome);
    this.#accessLog?.requestFinished(context, outcome);
    if (context.span !== undefined) this.#tracing?.requestFinished(context, outcome);
  }

  openSpan(context: RequestContext | undefined, parent: CallSpan | undefined): CallSpan | undefined {
    return context?.span === undefined ? undefined : this.#tracing?.openSpan(context, parent);
  }

  partFinished(context: RequestContext, outcome: PartOutcome): void {
    this.#metrics?.partFinished(outcome);
    this.#serviceLog.partFinished(context, outcome);
    if (context.span !== undefined) this.#tracing?.partFinished(context, outcome);
  }

  attemptFinished(context: RequestContext | undefined, outcome: AttemptOutcome): void {
    this.#metrics?.attemptFinished(outcome);
    if (context?.span !== undefined) this.#tracing?.attemptFinished(context, outcome);
  }

  serviceEvent(service: string, event: ServiceEvent): void {
    this.#metrics?.serviceEvent(service, event);
    this.#serviceLog.serviceEvent(service, event);
  }

  /** Lets metrics ask what the calls to services occupy, whenever they are scraped. */
  watchServices(read: () => readonly ServiceLoad[]): void {
    this.#metrics?.watchServices(read);
  }

  /** Notes whether the Redis that replicas share can be asked now; for a gateway that has one. */
  redisReachable(reachable: boolean): void {
    this.#metrics?.redisReachable(reachable);
  }

  /** Notes that a request met a rule of the firewall. */
  firewallFinding(rule: string, action: FirewallAction): void {
    this.#metrics?.firewallFinding(rule, action);
  }

  /** What a hub reports to; undefined when metrics are switched off. */
  hub(name: string): HubMeter | undefined {
    return this.#metrics?.hub(name);
  }

  /** Metrics in Prometheus' text format, to be sent as `metricsContentType`; empty when metrics are switched off. */
  renderMetrics(): Promise<string> {
    return this.#metrics?.render() ?? Promise.resolve('');
  }

  /** Writes out what still waits, spans for at most 5 s and log lines for at most 1 s. For the end of the application. */
  async close(): Promise<void> {
    this.#metrics?.close();
    await this.#tracing?.close();
    await new Promise<void>((resolve) => {
      const timer = this.#clock.schedule(resolve, 1_000);
      this.logger.flush(() => {
        timer.cancel();
        resolve();
      });
    });
  }
}

/** What takes spans where the configuration says; undefined: nowhere. */
async function processorFor({ exporter, endpoint }: Readonly<TracesConfig>, otel: OpenTelemetry, logger: Logger): Promise<SpanProcessor | undefined> {
  switch (exporter) {
    case 'none':
      return undefined;
    case 'log':
      return new otel.BatchSpanProcessor(new LogSpanExporter(logger));
    case 'otlp':
      return new SpanDelivery(otel, await otlpExporter(endpoint), logger);
  }
}
