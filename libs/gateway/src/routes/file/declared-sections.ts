import { accessDeclarations } from '@portico/auth';
import type { RouteConfig } from './gateway-file.js';

type Sections = Partial<Pick<RouteConfig, 'access' | 'addresses' | 'claims' | 'rateLimit' | 'quota' | 'cache' | 'headers' | 'graphql'>>;

/** The sections of a route or an aggregate by the keys under which policies look for them. */
export function declaredSections({ access, addresses, claims, rateLimit, quota, cache, headers, graphql }: Sections): ReadonlyMap<string, unknown> {
  const sections = { addresses, claims, 'rate-limit': rateLimit, quota, cache, headers, graphql };
  const given = Object.entries(sections).filter(([, section]) => section !== undefined);
  return new Map<string, unknown>([...accessDeclarations(access), ...given.map(([key, section]): [string, unknown] => [`portico:${key}`, section])]);
}
