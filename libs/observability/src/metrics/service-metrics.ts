import type { AttemptOutcome, ServiceEvent } from '@portico/core';
import type { Registry } from 'prom-client';
import { registerCollected, statusCounts, statusHistograms } from './collected-metric.js';
import { StatusDurations } from './status-durations.js';

interface ServiceSeries {
  readonly attempts: StatusDurations;
  readonly events: Map<ServiceEvent, number>;
}

/** Attempts at service calls and events inside the services' stacks, by service. */
export class ServiceMetrics {
  readonly #services = new Map<string, ServiceSeries>();

  attemptFinished({ service, status, durationMs }: AttemptOutcome): void {
    this.#of(service).attempts.record(status, durationMs);
  }

  serviceEvent(service: string, event: ServiceEvent): void {
    const { events } = this.#of(service);
    events.set(event, (events.get(event) ?? 0) + 1);
  }

  register(registry: Registry): void {
    const every = () => [...this.#services];
    const duration = 'portico_service_attempt_duration_seconds';
    registerCollected(registry, {
      name: 'portico_service_attempts_total',
      help: 'Attempts at service calls; status class none when no answer came.',
      type: 'counter',
      collect: () => every().flatMap(([service, series]) => statusCounts({ service }, series.attempts)),
    });
    registerCollected(registry, {
      name: duration,
      help: 'Time that an attempt at a service call took.',
      type: 'histogram',
      collect: () => every().flatMap(([service, series]) => statusHistograms(duration, { service }, series.attempts)),
    });
    registerCollected(registry, {
      name: 'portico_service_events_total',
      help: 'What resilience, discovery and caching did for a service.',
      type: 'counter',
      collect: () => every().flatMap(([service, { events }]) => [...events].map(([event, value]) => ({ labels: { service, event }, value }))),
    });
  }

  #of(service: string): ServiceSeries {
    let series = this.#services.get(service);
    if (!series) this.#services.set(service, (series = { attempts: new StatusDurations(), events: new Map() }));
    return series;
  }
}
