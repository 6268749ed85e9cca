import { PorticoError } from '@portico/core';
import { AuthorizationResponseError } from 'openid-client';
import { isUnavailable, providerUnavailable } from './provider-failure.js';

// OpenID Connect Core 3.1.2.6: what a provider answers when it would have to ask the user, and must not.
const needsUser = new Set(['login_required', 'interaction_required', 'consent_required', 'account_selection_required']);
const isBusy = new Set(['server_error', 'temporarily_unavailable']);

/** Whether a login failed only because the user was not to be asked. */
export function isUserNeeded(error: unknown): boolean {
  return error instanceof AuthorizationResponseError && needsUser.has(error.error);
}

/** 400 for a login that is not completed. The reason goes to the log only, and so does whatever the provider said. */
export function loginRefused(cause: unknown): PorticoError {
  return new PorticoError('LOGIN_REFUSED', { headers: { 'cache-control': 'no-store' }, cause });
}

/** What the user is answered when a login fails: 503 where the provider cannot be asked, else 400. */
export function loginFailure(error: unknown): PorticoError {
  const unavailable = isUnavailable(error) || (error instanceof AuthorizationResponseError && isBusy.has(error.error));
  return unavailable ? providerUnavailable(error) : loginRefused(error);
}
