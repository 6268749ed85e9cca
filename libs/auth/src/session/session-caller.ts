import { tokenCaller } from '../token-caller.js';
import { defaultIssuer, type IssuedCaller } from '../issued-caller.js';
import type { WebSession } from './web-session.js';

const issuer = { name: defaultIssuer, profile: 'rfc9068' } as const;
const known = new WeakMap<WebSession, IssuedCaller>();

/**
 * The user of a session, as a token of the same client would describe him: same key, and claims `sub`, `sid`, `client_id`, `scope` and `exp` (the absolute end) beside those of his
 * ID token. Made once for each state of a session.
 */
export function sessionCaller(session: WebSession, clientId: string): IssuedCaller {
  const made = known.get(session);
  if (made) return made;
  const { sub, sid, scope, endsAtMs, claims } = session;
  const caller = tokenCaller({ ...claims, sub, sid, scope, client_id: clientId, exp: Math.floor(endsAtMs / 1_000) }, issuer);
  known.set(session, caller);
  return caller;
}
