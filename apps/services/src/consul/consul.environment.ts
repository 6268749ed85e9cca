import { hostname, networkInterfaces } from 'node:os';
import { isIP } from 'node:net';

/** Where Consul is, and how it names the services of this process. */
export interface ConsulSettings {
  readonly url: string;
  /** Host name or IP address under which others reach the services. */
  readonly address: string;
  /** Tells the instances of one machine from those of another. */
  readonly machine: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads `CONSUL_URL`, the agent at which services register, and `ADVERTISE_HOST`, by which others reach them: by default `HOST` or, where that is every
 * address, the machine's first one in a network. Undefined without a Consul. Adds to `faults` what cannot be used.
 */
export function readConsul({ CONSUL_URL: url, ADVERTISE_HOST: advertised }: Variables, host: string, faults: string[]): ConsulSettings | undefined {
  if (advertised && !isHost(advertised)) faults.push(`ADVERTISE_HOST must be a host name or an IP address, not "${advertised}"`);
  if (!url) return undefined;
  if (!isAgent(url)) faults.push('CONSUL_URL must be an http or https URL without credentials, query and fragment');
  return { url, address: advertised || (isEveryAddress(host) ? ownAddress() : host), machine: hostname() };
}

function isAgent(text: string): boolean {
  if (!/^https?:\/\/[^/]/.test(text) || !URL.canParse(text) || /[?#]/.test(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

const isHost = (text: string): boolean => isIP(text) > 0 || /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text);

const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';

function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
