import type { Instance } from './instance.js';
import type { InstanceSource } from './instance-source.js';
import { parseInstance } from './parse-instance.js';

/** A list of instances that never changes. */
export class StaticInstances implements InstanceSource {
  readonly #instances: readonly Instance[];

  constructor(instances: readonly Instance[]) {
    this.#instances = instances;
  }

  current(): readonly Instance[] {
    return this.#instances;
  }

  subscribe(): () => void {
    return () => {};
  }

  async close(): Promise<void> {}
}

/**
 * The source for a configured list, as `['http://a:1', 'http://b:2 weight=3']`.
 * @throws Error that lists every bad or repeated address with its place; also when the list is empty.
 */
export function staticInstances(addresses: readonly string[]): StaticInstances {
  const instances = new Map<string, Instance>();
  const faults = addresses.length === 0 ? ['at least one address is needed'] : [];
  for (const [index, address] of addresses.entries()) {
    const instance = parseInstance(address);
    if (typeof instance === 'string') faults.push(`[${index}] ${instance}`);
    else if (instances.has(instance.id)) faults.push(`[${index}] "${address}" repeats ${instance.id}`);
    else instances.set(instance.id, instance);
  }
  if (faults.length > 0) throw new Error(`Static instances: ${faults.join('; ')}.`);
  return new StaticInstances([...instances.values()]);
}
