import { isPorticoError, PorticoError } from '@portico/core';
import { tokenInvalid } from '../challenges.js';
import { isRefusal, isSubjectRefused, providerUnavailable } from '../session/provider-failure.js';
import { sessionMissing } from '../session/session-failure.js';

/**
 * What it means that a token for a service cannot be had: that the user's own is not good any more, that this gateway asks for what it is not to have, or that the issuer cannot be asked.
 * @param exchanged whether a user's token was to be exchanged
 */
export function serviceTokenFailure(error: unknown, exchanged: boolean): PorticoError {
  if (exchanged && isSubjectRefused(error)) return tokenInvalid(error);
  if (isRefusal(error)) return new PorticoError('INTERNAL', { cause: new Error('The issuer refuses a token for a service', { cause: error }) });
  return providerUnavailable(error);
}

/** Rejects as a session does that is over, where its token is not good any more: its browser has none to get anew. */
export function sessionEnded(error: unknown): never {
  throw isPorticoError(error) && error.code === 'TOKEN_INVALID' ? sessionMissing('The provider does not accept its token any more') : error;
}
