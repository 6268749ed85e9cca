import { PorticoError, type Caller } from '@portico/core';

/** Scope of those who run the shop. */
export const operatorScope = 'shop.operate';

/** Whether the caller runs the shop. */
export function isOperator({ scopes }: Caller): boolean {
  return scopes.has(operatorScope);
}

/**
 * For what depends on the input whether only an operator may have it; where it is the whole operation, `@Scopes()` says so.
 * @throws PorticoError SCOPE_INSUFFICIENT with the challenge that names the scope (RFC 6750 3.1)
 */
export function assertOperator(caller: Caller): void {
  if (isOperator(caller)) return;
  throw new PorticoError('SCOPE_INSUFFICIENT', { headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${operatorScope}"` } });
}
