import type { Clock } from '@portico/core';
import type { PorticoTelemetry } from '@portico/observability';
import { InProcessBackplane, RedisBackplane, type HubBackplane } from '@portico/realtime';
import type { SharedState } from '../identity/shared-state.js';
import { hubProtocols } from './hub-protocols.js';

export interface HubBackplanesOptions {
  readonly state: Pick<SharedState, 'redis' | 'replica'>;
  readonly clock: Clock;
  readonly logger: PorticoTelemetry['logger'];
}

/** What joins the replicas of each hub: Redis where the gateway has one, else nothing, for then there are no others. */
export function hubBackplanes({ state: { redis, replica }, clock, logger }: HubBackplanesOptions): (hub: string) => Promise<HubBackplane> {
  if (!redis) return async () => new InProcessBackplane();
  return (hub) => RedisBackplane.open(redis, { hub, node: replica, clock, protocols: hubProtocols, onError: (error) => logger.warn({ hub, reason: (error as Error).message }, 'What another replica sends cannot be used') });
}
