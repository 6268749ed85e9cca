import type { LoggedOut } from './logout-claims.js';
import type { Revocation } from './revocations.js';

/**
 * What to revoke after a logout token of the issuer `iss`: the tokens of that session, or where it names none all that the user was issued until now.
 * The first needs an issuer that writes `sid` into its access tokens.
 * @param epochMs the time, in ms since the Unix epoch
 */
export function logoutRevocation({ sid, sub = '' }: LoggedOut, iss: string, epochMs: number): Revocation {
  return sid === undefined ? { iss, sub, beforeEpochMs: epochMs } : { iss, sid };
}
