import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { loadConfigFile } from '@portico/config';
import { PorticoError, systemClock, type Clock } from '@portico/core';
import { LogConfig, MetricsConfig, metricsContentType, PorticoTelemetry, TracesConfig, type LogDestination } from '@portico/observability';
import { openRedis, type RedisConnection } from '@portico/redis';
import { ClientDoor } from './clients/client-door.js';
import { installClients } from './clients/install-clients.js';
import { PageOrigins } from './clients/page-origins.js';
import { TokenWatch } from './clients/token-watch.js';
import { ClientEvents } from './events/client-events.js';
import { EventRoutes } from './events/event-routes.js';
import { EventRulesConfig } from './events/event-rules.config.js';
import { Webhook } from './events/webhook.js';
import { MemoryUserGroups } from './groups/memory-user-groups.js';
import { RedisUserGroups } from './groups/redis-user-groups.js';
import { createServer } from './http/create-server.js';
import { PushHubs } from './hubs/push-hubs.js';
import type { PushConfig } from './push.config.js';
import { PushTokens } from './push-tokens.js';
import { installRest } from './rest/install-rest.js';

export interface PushOptions {
  /** Where the placeholders of the file of rules are looked up. */
  readonly env?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
  /** Default: standard output. */
  readonly logDestination?: LogDestination;
}

/** A push service that listens. */
export interface Push {
  /** Where it listens, which may be another address than the public one. */
  readonly url: string;
  /** Ends every connection so that clients come back elsewhere, tells services of it, and stops. */
  close(): Promise<void>;
}

/**
 * Starts a push service.
 * @throws ConfigurationError for a file of rules that is wrong, PorticoError `SERVICE_UNAVAILABLE` when Redis cannot be reached, Error when the port is taken
 */
export async function createPush(config: PushConfig, { env = {}, clock = systemClock, logDestination }: PushOptions = {}): Promise<Push> {
  const { rules } = config.events.file === '' ? new EventRulesConfig() : loadConfigFile(EventRulesConfig, config.events.file, { env });
  const log = Object.assign(new LogConfig(), { level: config.logLevel, requests: false });
  const telemetry = await PorticoTelemetry.start({ name: 'push', log, metrics: new MetricsConfig(), traces: Object.assign(new TracesConfig(), { ratio: 0 }), clock, logDestination });
  const { logger } = telemetry;
  const warn = (facts: object, text: string): void => logger.warn(facts, text);
  const redis = config.redisUrl === '' ? undefined : await reachRedis(config.redisUrl, (error) => warn({ reason: error.message }, 'Redis cannot be reached'));

  const accessKeys = [config.accessKey, ...(config.secondaryKey === '' ? [] : [config.secondaryKey])];
  let endpoint = config.endpoint.replace(/\/+$/, '');
  const tokens = new PushTokens({ endpoint: () => endpoint, accessKeys, clock });
  const groups = redis ? new RedisUserGroups(redis, clock) : new MemoryUserGroups(clock);
  const watch = new TokenWatch(clock);
  const events = new ClientEvents({
    routes: new EventRoutes(rules),
    webhook: new Webhook(config.events, clock),
    accessKeys,
    onRefused: ({ hub, category }, status) => warn({ hub, category, status }, 'An event was not taken'),
  });
  const hubs = new PushHubs(config.maxHubs, {
    clock,
    options: config.hubs,
    redis,
    // One name for all hubs.
    node: config.node || randomBytes(6).toString('base64url'),
    events,
    groups,
    watch,
    observer: (hub) => telemetry.hub(hub),
    onError: (hub, error) => warn({ hub, reason: reasonOf(error) }, 'A hub failed'),
  });

  let stopping = false;
  const fastify = createServer(config.http, (error) => logger.error({ reason: reasonOf(error) }, 'A request failed'));
  for (const url of ['/health', '/health/live', '/api/health', '/api/v1/health']) fastify.route({ method: ['GET', 'HEAD'], url, handler: (_request, reply) => reply.code(200).send() });
  fastify.route({
    method: ['GET', 'HEAD'],
    url: '/health/ready',
    handler: (_request, reply) => {
      if (stopping) throw new PorticoError('GATEWAY_STOPPING');
      return reply.code(200).send();
    },
  });
  fastify.get('/metrics', async (_request, reply) => reply.type(metricsContentType).send(await telemetry.renderMetrics()));
  installRest(fastify, { hubs, groups, tokens, clock });
  installClients(fastify, new ClientDoor({ origins: new PageOrigins(config.cors), tokens, hubs }));

  const end = async (): Promise<void> => {
    stopping = true;
    await Promise.race([hubs.close(), new Promise<void>((resolve) => clock.schedule(resolve, config.graceMs))]);
    watch.close();
    await fastify.close();
    await redis?.close();
    await telemetry.close();
  };
  try {
    await fastify.listen({ host: config.host, port: config.port });
  } catch (error) {
    await end();
    throw error;
  }
  const { port } = fastify.server.address() as AddressInfo;
  endpoint ||= `http://localhost:${port}`;
  let ended: Promise<void> | undefined;
  return { url: `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`, close: () => (ended ??= end()) };
}

async function reachRedis(url: string, onError: (error: Error) => void): Promise<RedisConnection> {
  try {
    return await openRedis(url, { onError });
  } catch (cause) {
    throw new PorticoError('SERVICE_UNAVAILABLE', { detail: 'Redis cannot be reached: start it, or set REDIS_URL to where it is.', cause });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
