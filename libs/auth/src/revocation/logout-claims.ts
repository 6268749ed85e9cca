/** Which sessions a logout token ends: that one (`sid`), or without it all of the user (`sub`). One of them is there. */
export interface LoggedOut {
  readonly sub?: string;
  readonly sid?: string;
}

/** What a logout token must say. */
export interface ExpectedLogout {
  readonly issuer: string;
  /** The token must be meant for one of them. */
  readonly clientIds: readonly string[];
  readonly maxAgeS: number;
  readonly clockToleranceS: number;
}

/** Claims of a logout token that has been found good. */
export interface LogoutClaims {
  readonly jti: string;
  readonly iat: number;
  readonly loggedOut: LoggedOut;
}

const event = 'http://schemas.openid.net/event/backchannel-logout';

/**
 * Checks the claims of a logout token (OpenID Connect Back-Channel Logout 1.0, 2.6).
 * @param nowS the time, in s since the Unix epoch
 * @throws TypeError with the reason of the refusal
 */
export function checkLogoutClaims(claims: Readonly<Record<string, unknown>>, expected: ExpectedLogout, nowS: number): LogoutClaims {
  const { iss, aud, iat, exp, jti, sub, sid, events } = claims;
  const { clockToleranceS } = expected;
  if (iss !== expected.issuer) throw new TypeError('The logout token is of another issuer');
  if (!(Array.isArray(aud) ? aud : [aud]).some((audience) => expected.clientIds.includes(audience))) throw new TypeError('The logout token is for another client');
  if (typeof iat !== 'number') throw new TypeError('iat must be a number');
  if (iat > nowS + clockToleranceS) throw new TypeError('The logout token was issued in the future');
  if (iat < nowS - expected.maxAgeS) throw new TypeError('The logout token is too old');
  if (exp !== undefined && !(typeof exp === 'number' && nowS < exp + clockToleranceS)) throw new TypeError('The logout token has expired');
  if (!isText(jti)) throw new TypeError('jti must be a text');
  if (!isObject(events) || !Object.hasOwn(events, event) || !isObject(events[event])) throw new TypeError('The token is of no logout');
  // An ID token has it: neither may pass for the other.
  if (Object.hasOwn(claims, 'nonce')) throw new TypeError('A logout token has no nonce');
  if ([sub, sid].some((value) => value !== undefined && !isText(value)) || (sub === undefined && sid === undefined)) throw new TypeError('sub or sid must be a text');
  return { jti, iat, loggedOut: { ...(isText(sub) && { sub }), ...(isText(sid) && { sid }) } };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
