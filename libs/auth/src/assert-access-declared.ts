import type { Endpoint } from '@portico/core';
import { declaredAccess } from './access.decorators.js';

/**
 * Ends the start of a gateway whose operation says nothing about its access, before a client can find out.
 * Endpoints of other kinds need no declaration.
 * @throws Error that names the operation
 */
export function assertAccessDeclared(endpoint: Endpoint): void {
  if (endpoint.kind !== 'operation' || declaredAccess(endpoint)) return;
  throw new Error(`${endpoint.name} (${endpoint.method} ${endpoint.path}) declares neither @Public() nor @Scopes()`);
}
