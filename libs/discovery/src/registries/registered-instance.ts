import { isIPv6 } from 'node:net';
import type { Instance } from '../instance.js';
import { quoted } from './quoted.js';

/** What a registry says of an instance; nothing of it is believed unchecked. */
export interface RegisteredInstance {
  readonly scheme: 'http' | 'https';
  readonly host: unknown;
  readonly port: unknown;
  /** Undefined stands for 1. */
  readonly weight?: unknown;
}

const name = /^[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?$/;
// To connect to "any address" means this machine.
const nobody = new Set(['0.0.0.0', '[::]']);

/** The instance that a registry describes; undefined, and a report, when its host or port is none. A bad weight is reported and counts as 1. */
export function registeredInstance({ scheme, host, port, weight }: RegisteredInstance, report: (error: Error) => void): Instance | undefined {
  const hostname = hostOf(host);
  const number = wholeNumber(port, 65_535);
  if (hostname === undefined) report(new Error(`an instance was left out: ${quoted(host)} is no host`));
  if (number === undefined) report(new Error(`an instance was left out: ${quoted(port)} is no port (host ${quoted(host)})`));
  if (hostname === undefined || number === undefined) return undefined;
  const share = weight === undefined ? 1 : wholeNumber(weight, Number.MAX_SAFE_INTEGER);
  if (share === undefined) report(new Error(`the weight ${quoted(weight)} of ${hostname} counts as 1: it is no whole number from 1`));
  const { origin } = new URL(`${scheme}://${hostname}:${number}`);
  return { id: origin, origin, weight: share ?? 1 };
}

function hostOf(host: unknown): string | undefined {
  if (typeof host !== 'string') return undefined;
  if (isIPv6(host)) return known(`[${host}]`, false);
  const lower = host.toLowerCase().replace(/\.$/, '');
  return name.test(lower) ? known(lower, true) : undefined;
}

// A URL reads some names as numbers of an address, as 127.1: what it makes of them is not what the registry said.
function known(host: string, literally: boolean): string | undefined {
  const url = `http://${host}`;
  const hostname = URL.canParse(url) ? new URL(url).hostname : '';
  return hostname !== '' && !nobody.has(hostname) && (!literally || hostname === host) ? hostname : undefined;
}

function wholeNumber(value: unknown, max: number): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1 && number <= max ? number : undefined;
}
