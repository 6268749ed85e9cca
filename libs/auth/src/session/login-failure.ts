import { PorticoError } from '@portico/core';
import { isUnavailable, providerUnavailable } from './provider-failure.js';

// OpenID Connect Core 3.1.2.6: what a provider answers when it would have to ask the user, and must not.
const needsUser = new Set(['login_required', 'interaction_required', 'consent_required', 'account_selection_required']);
const isBusy = new Set(['server_error', 'temporarily_unavailable']);

/** Whether it is what the provider answered a login with (RFC 6749 4.1.2.1), as openid-client tells it. */
function isLoginAnswer(error: unknown): error is Error & { readonly error: string } {
  return error instanceof Error && (error as { code?: unknown }).code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR';
}

/** Whether a login failed only because the user was not to be asked. */
export function isUserNeeded(error: unknown): boolean {
  return isLoginAnswer(error) && needsUser.has(error.error);
}

/** 400 for a login that is not completed. The reason goes to the log only, and so does whatever the provider said. */
export function loginRefused(cause: unknown): PorticoError {
  return new PorticoError('LOGIN_REFUSED', { headers: { 'cache-control': 'no-store' }, cause });
}

/** What the user is answered when a login fails: 503 where the provider cannot be asked, else 400. */
export function loginFailure(error: unknown): PorticoError {
  const unavailable = isUnavailable(error) || (isLoginAnswer(error) && isBusy.has(error.error));
  return unavailable ? providerUnavailable(error) : loginRefused(error);
}
