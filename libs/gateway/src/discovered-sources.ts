import { systemClock, systemRandom } from '@portico/core';
import { discoveryOf, instanceSource, LastingInstances, type InstanceSource } from '@portico/discovery';
import type { GatewayConfig } from './gateway.config.js';

/** Who knows the instances of the services that a registry finds, by their names. */
export class DiscoveredSources {
  readonly byService: ReadonlyMap<string, InstanceSource>;

  constructor(byService: ReadonlyMap<string, InstanceSource>) {
    this.byService = byService;
  }

  /**
   * Asks the registry for every service that it is to find, for all at once, and waits for its answers as long as its `startTimeoutMs` says. Without a registry there is nothing to open.
   * @param onError told of what the registry does wrong, each message at most once a minute
   * @throws Error when the registry cannot be used at all; nothing stays open
   */
  static async open({ discovery: config, services }: Pick<GatewayConfig, 'discovery' | 'services'>, onError: (error: Error) => void): Promise<DiscoveredSources> {
    const discovery = discoveryOf(config);
    const names = discovery ? Object.keys(services).filter((name) => services[name]?.discovered) : [];
    const opening = names.map(async (name): Promise<[string, InstanceSource]> => {
      const source = await instanceSource({ discovery }, { service: name, clock: systemClock, random: systemRandom, onError });
      return [name, new LastingInstances(source, config.emptyAfterMs, systemClock)];
    });
    const outcomes = await Promise.allSettled(opening);
    const sources = new DiscoveredSources(new Map(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (!failed) return sources;
    await sources.close();
    throw failed.reason;
  }

  /** Asks no more. */
  async close(): Promise<void> {
    await Promise.all([...this.byService.values()].map((source) => source.close()));
  }
}
