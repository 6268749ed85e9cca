import type { AttemptOutcome, PartOutcome, RequestContext, RequestOutcome, ServiceEvent, ServiceLoad } from '@portico/core';
import { Registry } from 'prom-client';
import { FirewallMetrics, type FirewallAction } from './firewall-metrics.js';
import { HubMetrics, type HubMeter } from './hub-metrics.js';
import { LoadMetrics } from './load-metrics.js';
import { PartMetrics } from './part-metrics.js';
import { ProcessMetrics } from './process-metrics.js';
import { RedisMetrics } from './redis-metrics.js';
import { RequestMetrics } from './request-metrics.js';
import { ServiceMetrics } from './service-metrics.js';
import { SpanMetrics, type SpanCounts } from './span-metrics.js';

/**
 * Counts what happens and renders it for Prometheus. Labels are templates and configured names, never what a client sent.
 * A report is an array access or two; all rendering is left to the scrape.
 */
export class Metrics {
  /** prom-client's registry, for metrics of an application's own. */
  readonly registry = new Registry();
  readonly #requests = new RequestMetrics();
  readonly #parts = new PartMetrics();
  readonly #services = new ServiceMetrics();
  readonly #loads = new LoadMetrics();
  readonly #redis = new RedisMetrics();
  readonly #spans = new SpanMetrics();
  readonly #hubs = new HubMetrics();
  readonly #firewall = new FirewallMetrics();
  readonly #process = new ProcessMetrics();

  constructor() {
    for (const family of [this.#requests, this.#parts, this.#services, this.#loads, this.#redis, this.#spans, this.#hubs, this.#firewall, this.#process]) family.register(this.registry);
  }

  requestStarted(): void {
    this.#requests.requestStarted();
  }

  requestFinished(context: RequestContext, outcome: RequestOutcome): void {
    this.#requests.requestFinished(context, outcome);
  }

  partFinished(outcome: PartOutcome): void {
    this.#parts.partFinished(outcome);
  }

  attemptFinished(outcome: AttemptOutcome): void {
    this.#services.attemptFinished(outcome);
  }

  serviceEvent(service: string, event: ServiceEvent): void {
    this.#services.serviceEvent(service, event);
  }

  watchServices(read: () => readonly ServiceLoad[]): void {
    this.#loads.watch(read);
  }

  redisReachable(reachable: boolean): void {
    this.#redis.reachable = reachable;
  }

  watchSpans(counts: SpanCounts): void {
    this.#spans.counts = counts;
  }

  firewallFinding(rule: string, action: FirewallAction): void {
    this.#firewall.found(rule, action);
  }

  hub(name: string): HubMeter {
    return this.#hubs.hub(name);
  }

  /** The text exposition, to be sent as `contentType`. */
  render(): Promise<string> {
    return this.registry.metrics();
  }

  close(): void {
    this.#process.close();
  }
}
