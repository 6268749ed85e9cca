import { Section, Setting } from '@portico/config';
import { HubOptions } from '@portico/realtime';
import { IsIn, IsInt, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { CorsConfig } from './clients/cors.config.js';
import { EventsConfig } from './events/events.config.js';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** First part of the names of the app's variables. */
export const variablePrefix = 'PORTICO_PUSH';

/** What is accepted over HTTP. */
export class PushHttpConfig {
  @Setting({ description: 'Largest body of a request of a service', unit: 'bytes' })
  @IsInt()
  @Min(1_024)
  @Max(16_777_216)
  maxBodyBytes: number = 1_048_576;

  @Setting({ description: 'Largest header of a request: its address and its fields', unit: 'bytes' })
  @IsInt()
  @Min(4_096)
  @Max(65_536)
  maxHeaderBytes: number = 16_384;

  @Setting({ description: 'Time for a whole request to arrive', unit: 'ms' })
  @IsInt()
  @Min(1)
  requestTimeoutMs: number = 10_000;
}

/** All that can be set of the push app. */
export class PushConfig {
  @Setting({ description: 'TCP port; 0 takes any free one', env: 'PORT' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3040;

  @Setting({ description: 'Address to listen on', env: 'HOST' })
  @IsString()
  @MinLength(1)
  host: string = '127.0.0.1';

  @Setting({ description: 'Public address of all replicas, which tokens must name (`aud`); empty: `http://localhost:` and the port' })
  @Matches(/^(?:https?:\/\/[^\s?#]+)?$/, { message: 'must be an address with http or https, without a query' })
  endpoint: string = '';

  @Setting({ description: 'Key by which tokens are signed, at least 32 bytes: of clients, and of services that send', secret: true })
  @IsString()
  @MinLength(32)
  accessKey!: string;

  @Setting({ description: 'A second key that is accepted as well, so that keys can be changed one after the other; empty: none', secret: true })
  @Matches(/^(?:.{32,})?$/s, { message: 'must be longer than or equal to 32 characters' })
  secondaryKey: string = '';

  @Setting({ description: 'Redis by which replicas reach each other, as `redis://` or `rediss://`; empty: this is the only replica', env: 'REDIS_URL', secret: true })
  @Matches(/^(?:|rediss?:\/\/\S+)$/)
  redisUrl: string = '';

  @Setting({ description: 'Name of this replica, and of no other: ids of connections begin with it and a dot, by which a balancer finds it; used where there is a Redis; empty: a random one' })
  @Matches(/^[\w-]{0,64}$/)
  node: string = '';

  @Setting({ description: 'Hubs at a time; each comes into being when it is first used', unit: 'hubs' })
  @IsInt()
  @Min(1)
  maxHubs: number = 100;

  @Setting({ description: 'Time at the end of the app for connections to end and services to be told of it', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(60_000)
  graceMs: number = 8_000;

  @Setting({ description: 'Least severity that is logged; `silent` logs nothing' })
  @IsIn(logLevels)
  logLevel: (typeof logLevels)[number] = 'info';

  @Section(() => PushHttpConfig, { description: 'What is accepted over HTTP' })
  http: PushHttpConfig = new PushHttpConfig();

  @Section(() => CorsConfig, { description: 'Which pages may connect' })
  cors: CorsConfig = new CorsConfig();

  @Section(() => HubOptions, { description: 'Times and bounds of the connections, for each hub' })
  hubs: HubOptions = new HubOptions();

  @Section(() => EventsConfig, { description: 'How calls and events of clients are brought to services' })
  events: EventsConfig = new EventsConfig();
}
