import { PorticoError } from '@portico/core';
import { ProviderUnreachable } from './bounded-fetch.js';

/** Whether the provider could not be asked. */
export function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (cause instanceof ProviderUnreachable) return true;
  return false;
}

/** Whether the provider could not be asked, or refused for another reason than the user: a client that it does not know, for instance. Trying again later may succeed. */
export function isUnavailable(error: unknown): boolean {
  return isUnreachable(error) || (isRefusal(error) && error.error !== 'invalid_grant');
}

/** Whether the provider says that a code or refresh token is not good any more (RFC 6749 5.2). */
export function isGrantEnded(error: unknown): boolean {
  return isRefusal(error) && error.error === 'invalid_grant';
}

/** Whether the provider does not accept the token that is to be exchanged (RFC 8693 2.2.2, and RFC 6749 5.2 where it takes that for a grant). */
export function isSubjectRefused(error: unknown): boolean {
  return isRefusal(error) && (error.error === 'invalid_request' || error.error === 'invalid_grant');
}

/** Whether it is an error answer of the provider (RFC 6749 5.2), as openid-client tells it. */
export function isRefusal(error: unknown): error is Error & { readonly error: string } {
  return error instanceof Error && (error as { code?: unknown }).code === 'OAUTH_RESPONSE_BODY_ERROR';
}

/** 503 for a provider that cannot be asked now. What it said goes to the log only. */
export function providerUnavailable(cause: unknown): PorticoError {
  return new PorticoError('AUTHORITY_UNAVAILABLE', { headers: { 'retry-after': '1', 'cache-control': 'no-store' }, cause });
}
