import type { FastifyRequest } from 'fastify';
import { operatorScope } from '../identity/audience.js';
import { RefusedError } from './refused-error.js';

/**
 * Whether a call may deal with what belongs to a customer: that customer's own token, an operator's, a client's own (its
 * `sub` is the client), and a call without a token where the gate lets those through.
 */
export function mayDealWith({ caller }: FastifyRequest, customerId: string | undefined): boolean {
  return caller === undefined || caller.sub === caller.clientId || caller.scopes.has(operatorScope) || caller.sub === customerId;
}

/** Throws 403 for a call that may not deal with that customer, or with all customers if none is named. */
export function requireCustomer(request: FastifyRequest, customerId: string | undefined): void {
  if (!mayDealWith(request, customerId)) throw new RefusedError(403, 'Bearer error="insufficient_scope"');
}
