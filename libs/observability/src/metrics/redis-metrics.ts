import type { Registry } from 'prom-client';
import { registerCollected } from './collected-metric.js';

/** Whether what replicas share can be asked. */
export class RedisMetrics {
  /** Undefined where replicas share nothing: there the metric has no sample. */
  reachable: boolean | undefined = undefined;

  register(registry: Registry): void {
    registerCollected(registry, {
      name: 'portico_redis_reachable',
      help: 'Whether the Redis that replicas share can be asked: 1, or 0 while each goes on for itself.',
      type: 'gauge',
      collect: () => (this.reachable === undefined ? [] : [{ labels: {}, value: Number(this.reachable) }]),
    });
  }
}
