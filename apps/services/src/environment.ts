import { defaultSeed } from './data/shop-data.js';
import type { IdentitySettings } from './identity/identity.settings.js';
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
  readonly identity: IdentitySettings;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the services to start from the arguments or, without any, from `SERVICES` (comma-separated; default all), and
 * `HOST`, `<SERVICE>_PORT`, `SHOP_SEED`, `IDENTITY_ISSUER`, `SHOP_WEB_JWKS` with `SHOP_WEB_REDIRECT_URIS`.
 * Throws {@link EnvironmentError}.
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
  const environment: ShopEnvironment = {
    only: wanted.length > 0 ? serviceNames.filter((name) => wanted.includes(name)) : serviceNames,
    ports: Object.fromEntries(serviceNames.map((name) => [name, number(`${name.toUpperCase()}_PORT`, defaultPorts[name], 65_535)])) as Record<ServiceName, number>,
    host: variables.HOST || '127.0.0.1',
    seed: number('SHOP_SEED', defaultSeed, 0xffff_ffff),
    identity: readIdentity(variables, faults),
  };
  if (faults.length > 0) throw new EnvironmentError(faults);
  return environment;
}

function readIdentity({ IDENTITY_ISSUER: issuer, SHOP_WEB_JWKS: jwks, SHOP_WEB_REDIRECT_URIS: uris }: Variables, faults: string[]): IdentitySettings {
  if (issuer && !URL.canParse(issuer)) faults.push(`IDENTITY_ISSUER must be a URL, not "${issuer}"`);
  const named = issuer ? { issuer } : {};
  if (!jwks) return named;
  const redirectUris = (uris ?? '').split(',').map((uri) => uri.trim()).filter((uri) => uri !== '');
  if (redirectUris.length === 0) faults.push('SHOP_WEB_REDIRECT_URIS must be set together with SHOP_WEB_JWKS');
  try {
    return { ...named, webClient: { jwks: JSON.parse(jwks), redirectUris } };
  } catch {
    faults.push('SHOP_WEB_JWKS must be a JSON Web Key Set');
    return named;
  }
}
