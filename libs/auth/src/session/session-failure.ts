import { PorticoError } from '@portico/core';

const noStore = { 'cache-control': 'no-store' };
const later = { ...noStore, 'retry-after': '1' };
const none = { ...noStore, 'www-authenticate': 'Cookie' };

/** 401 for a request whose session cookie is missing, repeated, or of no session. Which of them it was goes to the log only. */
export function sessionMissing(reason: string): PorticoError {
  return new PorticoError('SESSION_MISSING', { headers: none, cause: new TypeError(reason) });
}

/** 503 for a store that cannot be asked: nobody is let in on a guess. */
export function sessionsUnavailable(cause: unknown): PorticoError {
  return new PorticoError('SESSIONS_UNAVAILABLE', { headers: later, cause });
}
