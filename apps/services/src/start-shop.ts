import { registered } from './consul/consul-registration.js';
import type { ConsulSettings } from './consul/consul.environment.js';
import { defaultSeed } from './data/shop-data.js';
import type { IdentitySwitches } from './identity/identity-switches.js';
import type { IdentitySettings } from './identity/identity.settings.js';
import { defaultPriceTicks } from './pricing/default-price-ticks.js';
import type { ServiceTokenSettings } from './access/service-tokens.settings.js';
import { TokenGates } from './access/token-gates.js';
import type { FaultSources } from './server/fault-injection.js';
import type { FaultSettings } from './server/fault-settings.js';
import { openService, realSources, type OpenedService } from './server/open-service.js';
import type { RecordedRequest } from './server/request-journal.js';
import { loadService, serviceNames, type ServiceName } from './service-catalogue.js';
import { createShop } from './shop.js';

/** What of the shop is started, where, and from which data. */
export interface ShopOptions {
  /** Only these services; by default all. */
  readonly only?: readonly ServiceName[];
  /** Ports by service; by default 0, any free port. */
  readonly ports?: Readonly<Partial<Record<ServiceName, number>>>;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** Seed of all data, default 42. */
  readonly seed?: number;
  /** How often a price moves while somebody listens; 0 is never, default {@link defaultPriceTicks}. */
  readonly priceTicksPerSecond?: number;
  readonly identity?: IdentitySettings;
  /** Whether services look at tokens, and whose; without an issuer nobody looks. */
  readonly serviceTokens?: ServiceTokenSettings;
  /** Who takes spans by OTLP over HTTP; by default there are none. */
  readonly otlpEndpoint?: string | undefined;
  /** Where services make themselves known, and how; by default nowhere. */
  readonly consul?: ConsulSettings | undefined;
  /** How long the services go on when they are closed and are known no more, for those who still call them; default 0. */
  readonly drainMs?: number;
  /** The clock of what is entered while the shop runs; seeded data does not depend on it. */
  readonly now?: () => Date;
  /** Chance and time of the faults, and the time of what is waited for. */
  readonly faultSources?: FaultSources;
  /** Receives errors nobody foresaw; by default they go to stderr. */
  readonly report?: (service: ServiceName, error: unknown) => void;
}

/** A shop that runs. */
export interface RunningShop {
  /** Origin of each started service, such as `http://127.0.0.1:4001`. */
  readonly urls: Readonly<Record<ServiceName, string>>;
  /** Changes the named faults of a service. Throws `InvalidFaultsError`, or an error if the service was not started. */
  faults(name: ServiceName, patch: Partial<FaultSettings>): void;
  /** Tampering, delays and keys of the identity service; nothing happens unless it is asked for. */
  readonly identity: IdentitySwitches;
  /** Stops a service: connections are refused and cut; what it knows stays. */
  pause(name: ServiceName): Promise<void>;
  /** Starts a stopped service again at the same address. */
  resume(name: ServiceName): Promise<void>;
  /** The last 50 requests of a service, oldest first. */
  requests(name: ServiceName): readonly RecordedRequest[];
  /** Takes every service out of Consul, lets them go on for `drainMs`, then stops them and cuts open connections. */
  close(): Promise<void>;
}

/** Starts the shop in this process. If one service cannot start, the others are stopped again and its error is thrown. */
export async function startShop(options: ShopOptions = {}): Promise<RunningShop> {
  const { only = serviceNames, ports = {}, host = '127.0.0.1', seed = defaultSeed, priceTicksPerSecond = defaultPriceTicks, now = () => new Date() } = options;
  const { identity = {}, serviceTokens = {}, otlpEndpoint, consul, drainMs = 0, faultSources = realSources, report = reportToStderr } = options;
  const shop = createShop({ seed, identity, priceTicksPerSecond, now });
  const gates = new TokenGates(serviceTokens, { here: only.includes('identity'), issuer: identity.issuer });
  const outcomes = await Promise.allSettled(
    only.map(async (name) => {
      const add = await loadService[name]();
      const options = { name, host, port: ports[name] ?? 0, sources: faultSources, report: (error: unknown) => report(name, error), gate: gates.for(name), otlpEndpoint };
      const service = await openService((app, tools) => add(app, shop, tools), options);
      if (name === 'identity') gates.identityListens(service.url);
      return service;
    }),
  );
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(opened.map((service) => service.close())));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }

  // Not before all of them listen: of a shop that could not start nobody was told.
  const registrations = consul ? opened.map(({ name, url }) => registered(name, url, consul, { delay: faultSources.delay, report: (error) => report(name as ServiceName, error) })) : [];
  const close = async (): Promise<void> => {
    await Promise.all(registrations.map((one) => one.end()));
    if (drainMs > 0) await faultSources.delay(drainMs, new AbortController().signal);
    await stop();
  };

  const service = (name: ServiceName): OpenedService => {
    const one = opened.find((candidate) => candidate.name === name);
    if (!one) throw new Error(`the service ${name} was not started`);
    return one;
  };
  return {
    urls: Object.fromEntries(opened.map(({ name, url }) => [name, url])) as Record<ServiceName, string>,
    faults: (name, patch) => service(name).door.patchFaults(patch),
    identity: shop.switches,
    pause: (name) => service(name).pause(),
    resume: (name) => service(name).resume(),
    requests: (name) => service(name).door.journal.list(),
    close,
  };
}

function reportToStderr(service: ServiceName, error: unknown): void {
  process.stderr.write(`${service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
