import type { Endpoint } from '@portico/core';
import { declaredAccess } from './access.decorators.js';

/**
 * Ends the start of a gateway whose operation or route says nothing about its access, before a client can find out.
 * Endpoints of other kinds need no declaration.
 * @throws Error that names the endpoint
 */
export function assertAccessDeclared(endpoint: Endpoint): void {
  if (declaredAccess(endpoint)) return;
  if (endpoint.kind === 'route') throw new Error(`${endpoint.name} (${endpoint.path}) has no access declared`);
  if (endpoint.kind !== 'operation') return;
  throw new Error(`${endpoint.name} (${endpoint.method} ${endpoint.path}) declares neither @Public() nor @Scopes()`);
}
