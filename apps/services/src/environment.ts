import { tokenModes, type ServiceTokenSettings } from './access/service-tokens.settings.js';
import { readConsul, type ConsulSettings } from './consul/consul.environment.js';
import { defaultSeed } from './data/shop-data.js';
import { readIdentity } from './identity/identity.environment.js';
import type { IdentitySettings } from './identity/identity.settings.js';
import { defaultPriceTicks } from './pricing/default-price-ticks.js';
import { defaultPorts, serviceNames, type ServiceName } from './service-catalogue.js';

/** Settings that cannot be used; the message lists everything that is wrong, on one line. */
export class EnvironmentError extends Error {
  constructor(faults: readonly string[]) {
    super(faults.join('; '));
    this.name = 'EnvironmentError';
  }
}

/** What a process of the shop is told from outside. */
export interface ShopEnvironment {
  readonly only: readonly ServiceName[];
  readonly ports: Readonly<Record<ServiceName, number>>;
  readonly host: string;
  readonly seed: number;
  readonly priceTicksPerSecond: number;
  readonly identity: IdentitySettings;
  readonly serviceTokens: ServiceTokenSettings;
  readonly otlpEndpoint: string | undefined;
  readonly consul: ConsulSettings | undefined;
  readonly drainMs: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the services to start from the arguments or, without any, from `SERVICES` (comma-separated; default all), and
 * `HOST`, `<SERVICE>_PORT`, `SHOP_SEED`, `PRICE_TICKS_PER_SECOND` (0 to 1000), what {@link readIdentity} reads, and
 * `SERVICE_TOKENS` (`required`, `optional` or `off`; default `optional`) with `IDENTITY_JWKS_URI`,
 * `OTEL_EXPORTER_OTLP_ENDPOINT`, who takes spans, what {@link readConsul} reads, and `DRAIN_MS` (0 to 60000), for how long
 * services that are told to end go on. Throws {@link EnvironmentError}.
 */
export function readEnvironment(names: readonly string[], variables: Variables): ShopEnvironment {
  const faults: string[] = [];
  const wanted = names.length > 0 ? names : (variables.SERVICES ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
  for (const name of wanted) if (!serviceNames.some((known) => known === name)) faults.push(`unknown service "${name}": choose from ${serviceNames.join(', ')}`);

  const number = (variable: string, fallback: number, most: number): number => {
    const text = variables[variable];
    if (text === undefined || text === '') return fallback;
    if (!/^\d+$/.test(text) || Number(text) > most) faults.push(`${variable} must be a whole number from 0 to ${most}, not "${text}"`);
    return Number(text);
  };
  const only = wanted.length > 0 ? serviceNames.filter((name) => wanted.includes(name)) : serviceNames;
  const ports = Object.fromEntries(serviceNames.map((name) => [name, number(`${name.toUpperCase()}_PORT`, defaultPorts[name], 65_535)])) as Record<ServiceName, number>;
  // An identity service in this process says itself where it listens; another one is expected at its port.
  const identityOrigin = only.includes('identity') || ports.identity === 0 ? undefined : `http://127.0.0.1:${ports.identity}`;
  const host = variables.HOST || '127.0.0.1';
  const environment: ShopEnvironment = {
    only,
    ports,
    host,
    seed: number('SHOP_SEED', defaultSeed, 0xffff_ffff),
    priceTicksPerSecond: number('PRICE_TICKS_PER_SECOND', defaultPriceTicks, 1_000),
    identity: readIdentity(variables, faults),
    serviceTokens: readServiceTokens(variables, identityOrigin, faults),
    otlpEndpoint: readOtlpEndpoint(variables, faults),
    consul: readConsul(variables, host, faults),
    drainMs: number('DRAIN_MS', 0, 60_000),
  };
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
}

function readOtlpEndpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }: Variables, faults: string[]): string | undefined {
  if (!endpoint) return undefined;
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) faults.push(`OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https URL, not "${endpoint}"`);
  return endpoint;
}

function readServiceTokens({ SERVICE_TOKENS, IDENTITY_ISSUER, IDENTITY_JWKS_URI }: Variables, identityOrigin: string | undefined, faults: string[]): ServiceTokenSettings {
  const mode = tokenModes.find((known) => known === (SERVICE_TOKENS || 'optional'));
  if (mode === undefined) faults.push(`SERVICE_TOKENS must be ${tokenModes.join(', ')}, not "${SERVICE_TOKENS}"`);
  if (IDENTITY_JWKS_URI && !URL.canParse(IDENTITY_JWKS_URI)) faults.push(`IDENTITY_JWKS_URI must be a URL, not "${IDENTITY_JWKS_URI}"`);
  const issuer = IDENTITY_ISSUER || identityOrigin;
  return { mode: mode ?? 'optional', ...(issuer && { issuer }), ...(IDENTITY_JWKS_URI && { jwksUri: IDENTITY_JWKS_URI }) };
}
