import { PorticoError, type RequestContext } from '@portico/core';

/**
 * The client's `Idempotency-Key`, if it sent one.
 * @throws PorticoError REQUEST_INVALID for a key that is no plain token of at most 100 characters
 */
export function idempotencyKey(context: RequestContext): string | undefined {
  const key = context.header('idempotency-key');
  if (key === undefined || /^[\w.-]{1,100}$/.test(key)) return key;
  throw new PorticoError('REQUEST_INVALID', { faults: [{ path: 'header.idempotency-key', message: 'must be 1 to 100 letters, digits, dots, dashes or underscores' }] });
}
