import { Section, SectionMap, Setting } from '@portico/config';
import { ApiKeysConfig, DpopOptions } from '@portico/auth';
import { ServiceConfig, ServiceTokenConfig } from '@portico/backend-client';
import { DiscoveryConfig } from '@portico/discovery';
import { FirewallOptions } from '@portico/firewall';
import { HubOptions } from '@portico/realtime';
import { LogConfig, MetricsConfig, TracesConfig } from '@portico/observability';
import { IsBoolean, IsInt, IsString, IsUrl, Matches, Max, Min, MinLength } from 'class-validator';
import { CorsConfig } from './hardening/cors.config.js';
import { IsProxyAddress } from './hardening/is-proxy-address.decorator.js';
import { ServiceClientConfig } from './identity/service-client.config.js';

/** How long an answer may take. */
export class DeadlineConfig {
  @Setting({ description: 'Time for an answer where the operation does not say', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(600_000)
  defaultMs: number = 2_000;

  @Setting({ description: 'Shortest time that a client may ask for: calls cut short count against a service, and no client may open its circuit for all', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(600_000)
  minimumMs: number = 250;
}

/** What is accepted on the wire. */
export class HttpConfig {
  @Setting({ description: 'Largest request body', unit: 'bytes' })
  @IsInt()
  @Min(0)
  maxBodyBytes: number = 262_144;

  @Setting({ description: 'Time for a whole request to arrive', unit: 'ms' })
  @IsInt()
  @Min(1)
  requestTimeoutMs: number = 10_000;

  @Setting({ description: 'Time after which a client is cut off that takes nothing of a long answer', unit: 'ms' })
  @IsInt()
  @Min(1)
  @Max(3_600_000)
  stallTimeoutMs: number = 60_000;

  @Setting({ description: 'Addresses or networks of the proxies whose X-Forwarded-For is believed; none by default' })
  @IsProxyAddress()
  trustedProxies: string[] = [];

  @Setting({ description: 'Whether every answer carries the security headers that it does not have itself' })
  @IsBoolean()
  securityHeaders: boolean = true;
}

/** How the gateway ends. */
export class ShutdownConfig {
  @Setting({ description: 'Time between turning unready and refusing connections, for load balancers to notice', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(60_000)
  drainMs: number = 0;

  @Setting({ description: 'Time for running requests to finish', unit: 'ms' })
  @IsInt()
  @Min(0)
  @Max(60_000)
  graceMs: number = 8_000;
}

/** Whose tokens are accepted. */
export class AuthConfig {
  @Setting({ description: 'OpenID Connect issuer whose access tokens are accepted' })
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  issuer: string = 'http://127.0.0.1:4000';

  @Setting({ description: 'This gateway as the tokens name it (`aud`)' })
  @IsString()
  @MinLength(1)
  audience: string = 'https://portico.example';

  @Setting({ description: 'Clients of the front end, as the issuer names them, of whose sign-outs this gateway is told; apps sign in as the first' })
  @IsString({ each: true })
  clientIds: string[] = [];

  @Setting({ description: 'File with the private key by which this gateway proves to the issuer who it is, as a JWK for ES256 with a `kid`; empty: one is made at start, and its public half published at `/bff/jwks`: good for one replica' })
  @IsString()
  clientKeyFile: string = '';

  @Setting({ description: 'Verified tokens that are remembered', unit: 'tokens' })
  @IsInt()
  @Min(1)
  cacheEntries: number = 10_000;
}

/** What the replicas of a gateway share. */
export class StateConfig {
  @Setting({ description: 'Redis in which replicas share sessions, sign-outs, limits, kept answers, push and what may be used once, as `redis://127.0.0.1:6379`; empty: the memory of this process, which then is to be the only one', env: 'REDIS_URL', secret: true })
  @Matches(/^(?:|rediss?:\/\/\S+)$/, { message: 'is to be the URL of a Redis' })
  redisUrl: string = '';

  @Setting({ description: 'Name of this replica, and of no other: ids of connections to its hubs begin with it and a dot, by which a balancer finds it; used where there is a Redis; empty: a random one' })
  @Matches(/^[\w-]{0,64}$/, { message: 'is to be up to 64 letters, digits, - and _' })
  replica: string = '';
}

/** How many requests are taken. */
export class LimitsConfig {
  @Setting({ description: 'Requests per minute from one address, before authentication', unit: 'requests' })
  @IsInt()
  @Min(1)
  addressPerMinute: number = 3_000;

  @Setting({ description: 'Requests per minute of one caller', unit: 'requests' })
  @IsInt()
  @Min(1)
  callerPerMinute: number = 600;
}

/** What may be kept in memory. */
export class CacheConfig {
  @Setting({ description: 'Answers and parts kept', unit: 'entries' })
  @IsInt()
  @Min(1)
  maxEntries: number = 10_000;

  @Setting({ description: 'Memory for them', unit: 'bytes' })
  @IsInt()
  @Min(1)
  maxBytes: number = 33_554_432;
}

/** Everything that can be set of a gateway. A BFF extends it with its own defaults. */
export class GatewayConfig {
  @Setting({ description: 'TCP port; 0 takes any free one', env: 'PORT' })
  @IsInt()
  @Min(0)
  @Max(65_535)
  port: number = 3000;

  @Setting({ description: 'Address to listen on', env: 'HOST' })
  @IsString()
  @MinLength(1)
  host: string = '127.0.0.1';

  @Section(() => DeadlineConfig, { description: 'How long an answer may take' })
  deadline: DeadlineConfig = new DeadlineConfig();

  @Section(() => HttpConfig, { description: 'What is accepted on the wire' })
  http: HttpConfig = new HttpConfig();

  @Section(() => CorsConfig, { description: 'Which pages of other origins may use the gateway' })
  cors: CorsConfig = new CorsConfig();

  @Section(() => FirewallOptions, { description: 'Whether requests are looked at by rules: for a gateway without an edge that does' })
  firewall: FirewallOptions = new FirewallOptions();

  @Section(() => ShutdownConfig, { description: 'How the gateway ends' })
  shutdown: ShutdownConfig = new ShutdownConfig();

  @Section(() => AuthConfig, { description: 'Whose tokens are accepted' })
  auth: AuthConfig = new AuthConfig();

  @Section(() => ApiKeysConfig, { description: "Which partners' API keys are accepted, where the gateway takes them" })
  apiKeys: ApiKeysConfig = new ApiKeysConfig();

  @Section(() => DpopOptions, { description: 'Which proofs of possession are accepted, where the gateway takes them' })
  dpop: DpopOptions = new DpopOptions();

  @Section(() => StateConfig, { description: 'What replicas share' })
  state: StateConfig = new StateConfig();

  @Section(() => LimitsConfig, { description: 'How many requests are taken' })
  limits: LimitsConfig = new LimitsConfig();

  @Section(() => CacheConfig, { description: 'What may be kept in memory' })
  cache: CacheConfig = new CacheConfig();

  @Section(() => LogConfig, { description: 'Access log' })
  log: LogConfig = new LogConfig();

  @Section(() => MetricsConfig, { description: 'Prometheus metrics' })
  metrics: MetricsConfig = new MetricsConfig();

  @Section(() => TracesConfig, { description: 'Distributed traces' })
  traces: TracesConfig = new TracesConfig();

  @Section(() => ServiceClientConfig, { description: 'By which tokens services are called' })
  serviceClient: ServiceClientConfig = new ServiceClientConfig();

  @Section(() => HubOptions, { description: 'Times and bounds of connections to hubs' })
  hubs: HubOptions = new HubOptions();

  @Section(() => DiscoveryConfig, { description: 'Who knows the instances of the services' })
  discovery: DiscoveryConfig = new DiscoveryConfig();

  @SectionMap(() => ServiceConfig, { description: 'The services that this gateway calls' })
  services: Record<string, ServiceConfig> = {};
}

/**
 * A service at one address, everything else by default.
 * @param audience the service as its tokens name it; without it, it is called without a token
 */
export function serviceAt(instance: string, audience: string = ''): ServiceConfig {
  return Object.assign(new ServiceConfig(), { instances: [instance], token: Object.assign(new ServiceTokenConfig(), { audience }) });
}
