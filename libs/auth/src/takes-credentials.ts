import type { Endpoint } from '@portico/core';

/** Whether requests to an endpoint bring credentials of their own: those of a hub's connection are known by its ticket, and system endpoints by nothing. */
export function takesCredentials({ kind }: Endpoint): boolean {
  return kind !== 'system' && kind !== 'connection' && kind !== 'invocation';
}
