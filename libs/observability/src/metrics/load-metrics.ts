import type { ServiceLoad } from '@portico/core';
import type { Registry } from 'prom-client';
import { registerCollected, type Sample } from './collected-metric.js';

/** What the calls to services occupy, asked for when somebody scrapes: by service. */
export class LoadMetrics {
  #read: () => readonly ServiceLoad[] = () => [];

  /** @param read tells what is occupied now */
  watch(read: () => readonly ServiceLoad[]): void {
    this.#read = read;
  }

  register(registry: Registry): void {
    const gauge = (name: string, help: string, values: (load: ServiceLoad) => readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[]): void =>
      registerCollected(registry, { name, help, type: 'gauge', collect: () => this.#summed(values) });
    gauge('portico_service_connections', 'Connections to a service that are open now.', ({ connections }) => [[{}, connections]]);
    gauge('portico_service_calls_in_flight', 'Calls to a service that are on a connection now.', ({ inFlight }) => [[{}, inFlight]]);
    gauge('portico_service_calls_waiting', 'Calls to a service that wait for a connection now.', ({ waiting }) => [[{}, waiting]]);
    gauge('portico_service_instances', 'Instances of a service, by whether they get calls.', ({ instances }) => [
      [{ state: 'available' }, instances.available],
      [{ state: 'left-out' }, instances.leftOut],
    ]);
    gauge('portico_service_breakers', 'Circuit breakers of a service, by state: its own, and one for each route with settings of its own.', ({ breakers }) =>
      Object.entries(breakers).map(([state, count]) => [{ state }, count]),
    );
  }

  /** One sample for each service and labels: two runtimes have one name while a service is replaced. */
  #summed(values: (load: ServiceLoad) => readonly (readonly [Readonly<Record<string, string>>, number])[]): Sample[] {
    const samples = new Map<string, { labels: Readonly<Record<string, string>>; value: number }>();
    for (const load of this.#read()) {
      for (const [own, value] of values(load)) {
        const labels = { service: load.service, ...own };
        const key = JSON.stringify(labels);
        const sample = samples.get(key);
        if (sample) sample.value += value;
        else samples.set(key, { labels, value });
      }
    }
    return [...samples.values()];
  }
}
